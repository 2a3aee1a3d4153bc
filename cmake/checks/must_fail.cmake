# SPDX-License-Identifier: MIT
# A check that cannot fail checks nothing: runs one on a tree made to break it and wants a failure that says why.
#   cmake -DEXPECT=regex|regex -DCOMMAND=cmake|-DROOT=...|-P|floors.cmake -P must_fail.cmake
cmake_minimum_required(VERSION 3.24)
string(REPLACE "|" ";" COMMAND "${COMMAND}")
string(REPLACE "|" ";" EXPECT "${EXPECT}")
string(REPLACE "<bar>" "|" COMMAND "${COMMAND}")
execute_process(COMMAND ${COMMAND} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(status EQUAL 0)
  message(FATAL_ERROR "the check passed on a tree made to break it:\n${output}")
endif()
foreach(expected IN LISTS EXPECT)
  if(NOT output MATCHES "${expected}")
    message(NOTICE "${output}")
    message(FATAL_ERROR "the check failed without saying '${expected}'")
  endif()
endforeach()
