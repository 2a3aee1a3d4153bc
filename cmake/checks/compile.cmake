# SPDX-License-Identifier: MIT
# compile(SOURCE OK LOG [ARG...]): compiles one file to nowhere. Uses CXX, LAUNCHER and FLAGS ('|' between them).
string(REPLACE "|" ";" FLAGS "${FLAGS}")

function(compile source ok log)
  # An object file rather than -fsyntax-only: a compiler cache then remembers it.
  execute_process(COMMAND ${LAUNCHER} ${CXX} ${FLAGS} ${ARGN} -c ${source} -o ${source}.o
                  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  file(REMOVE ${source}.o)
  set(${log} "${output}" PARENT_SCOPE)
  if(status EQUAL 0)
    set(${ok} TRUE PARENT_SCOPE)
  else()
    set(${ok} FALSE PARENT_SCOPE)
  endif()
endfunction()
