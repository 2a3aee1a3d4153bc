# SPDX-License-Identifier: MIT
# Configures, builds and tests the project SOURCE in BINARY with ARGS; with INSTALL, installs it there instead.
cmake_minimum_required(VERSION 3.24)
string(REPLACE "|" ";" ARGS "${ARGS}")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(NOTICE "${output}")
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "failed: ${command}")
  endif()
endfunction()

# A fresh configuration each time: a stale cache would hide a package that is no longer found.
file(REMOVE_RECURSE ${BINARY})
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G ${GENERATOR} ${ARGS})
run(${CMAKE_COMMAND} --build ${BINARY})
if(INSTALL)
  file(REMOVE_RECURSE ${INSTALL})
  run(${CMAKE_COMMAND} --install ${BINARY} --prefix ${INSTALL}.made)
  file(RENAME ${INSTALL}.made ${INSTALL})
  # Nor may it reach back into the tree that it was built in.
  file(REMOVE_RECURSE ${BINARY})
else()
  run(${CMAKE_CTEST_COMMAND} --test-dir ${BINARY} --output-on-failure --no-tests=error)
endif()
