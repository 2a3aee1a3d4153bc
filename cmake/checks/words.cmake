# SPDX-License-Identifier: MIT
# What no file of the project may say: that it is unfinished (anywhere), that a test does not run (tests/), that a
# floating-point number may decide something (include/ and src/ outside report/), or more than 500 lines of one idea.
# Letters stand in brackets so that this file does not find itself.
#   cmake -DROOT=. -P words.cmake
cmake_minimum_required(VERSION 3.24)
include(${CMAKE_CURRENT_LIST_DIR}/problems.cmake)

set(edge "[^A-Za-z0-9_]")
set(unfinished "[Tt][Oo][Dd][Oo]|[Ff][Ii][Xx][Mm][Ee]|[Xx][Xx][Xx]|[Hh][Aa][Cc][Kk]|[Ss][Tt][Uu][Bb]|[Nn]ot [Ii]mplemented")
set(asleep "G[T]EST_SKIP|D[I]SABLED_|EXPECT_TRUE\\([t]rue\\)|SUCCEED\\([)]")

function(forbid file pattern why)
  file(STRINGS ${ROOT}/${file} hits REGEX "${pattern}")
  foreach(hit IN LISTS hits)
    string(STRIP "${hit}" hit)
    problem("${file}: ${why}: ${hit}")
  endforeach()
  set(problem_count ${problem_count} PARENT_SCOPE)
endfunction()

set(files)
foreach(folder IN ITEMS include src tests bench examples cmake .ci)
  file(GLOB_RECURSE found RELATIVE ${ROOT} ${ROOT}/${folder}/*)
  list(APPEND files ${found})
endforeach()
file(GLOB top RELATIVE ${ROOT} ${ROOT}/*.md ${ROOT}/*.txt ${ROOT}/*.json)
list(APPEND files ${top})
# Data are quoted from the world and may say what they like.
list(FILTER files EXCLUDE REGEX "^(tests/(data|fuzz/corpus)|examples/data)/")

foreach(file IN LISTS files)
  forbid(${file} "(^|${edge})(${unfinished})($|${edge})" "says it is unfinished")
  if(file MATCHES "^tests/")
    forbid(${file} "${asleep}" "a test that asserts nothing or never runs")
  endif()
  if(file MATCHES "^(include|src)/")
    if(NOT file MATCHES "/report/")
      forbid(${file} "^([^/]|/[^/])*(^|${edge})(double|float)($|${edge})" "floating point outside report")
    endif()
    file(READ ${ROOT}/${file} text)
    string(REGEX REPLACE "[^\n]" "" newlines "${text}")
    string(LENGTH "${newlines}" lines)
    if(lines GREATER 500)
      problem("${file}: ${lines} lines, probably two ideas")
    endif()
  endif()
endforeach()
if(NOT files)
  problem("no file under ${ROOT}")
endif()
finish("forbidden words")
