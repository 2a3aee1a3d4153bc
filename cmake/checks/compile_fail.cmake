# SPDX-License-Identifier: MIT
# A fragment that must not compile, and its right twin in the same file, which must. The first line says what the
# compiler has to mention, so that a misspelt fragment does not pass for a forbidden one:
#   // error: <regular expression>
#   cmake -DSOURCE=tests/fail/x.cpp -DWORK=dir -DINCLUDE=include -DCXX=g++ -DFLAGS=-std=c++20 -P compile_fail.cmake
# PRECOMPILED: what precompile.cmake made of the header beside the fragment, which is all that it includes.
cmake_minimum_required(VERSION 3.24)
include(${CMAKE_CURRENT_LIST_DIR}/problems.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/compile.cmake)

cmake_path(GET SOURCE FILENAME name)
file(STRINGS ${SOURCE} first LIMIT_COUNT 1)
if(NOT first MATCHES "^// error: (.+)$")
  message(FATAL_ERROR "${name}: the first line is not '// error: <regular expression>'")
endif()
set(expected "${CMAKE_MATCH_1}")
configure_file(${SOURCE} ${WORK}/${name} COPYONLY)
cmake_path(GET SOURCE PARENT_PATH here)
set(before)
if(PRECOMPILED)
  set(before -include ${PRECOMPILED})
  set(LAUNCHER)
endif()

compile(${WORK}/${name} ok log -I${INCLUDE} -I${here} ${before})
if(NOT ok)
  problem("${name}: the right twin does not compile:\n${log}")
endif()
compile(${WORK}/${name} ok log -I${INCLUDE} -I${here} ${before} -DSLA_FAIL=1)
string(REPLACE "${name}" "the fragment" said "${log}")  # its name may hold the words that are looked for
if(ok)
  problem("${name}: compiles with SLA_FAIL")
elseif(NOT said MATCHES "${expected}")
  problem("${name}: fails, but says nothing of '${expected}':\n${log}")
endif()
finish("wrong fragments that compile, or right ones that do not")
