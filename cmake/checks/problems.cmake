# SPDX-License-Identifier: MIT
# How a check reports: every problem on a line of its own, then one failure. message(FATAL_ERROR) alone would stop
# at the first and wrap its text.
set(problem_count 0)

macro(problem text)
  message(NOTICE "${text}")
  math(EXPR problem_count "${problem_count} + 1")
endmacro()

macro(finish what)
  if(problem_count GREATER 0)
    message(FATAL_ERROR "${problem_count} problems: ${what}")
  endif()
  message(STATUS "${what}: none")
endmacro()
