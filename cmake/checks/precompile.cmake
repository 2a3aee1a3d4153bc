# SPDX-License-Identifier: MIT
# Precompiles the header of fragments that include it and nothing else.
#   cmake -DHEADER=tests/fail/policy.hpp -DOUT=dir/policy.hpp -DINCLUDE=include -DCXX=g++ -DFLAGS=-std=c++20
#         -P precompile.cmake
cmake_minimum_required(VERSION 3.24)

file(WRITE ${OUT} "#include \"${HEADER}\"\n")
string(REPLACE "|" ";" FLAGS "${FLAGS}")
execute_process(COMMAND ${CXX} ${FLAGS} -I${INCLUDE} -x c++-header ${OUT} -o ${OUT}.gch COMMAND_ERROR_IS_FATAL ANY)
