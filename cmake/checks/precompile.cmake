# SPDX-License-Identifier: MIT
# Precompiles one public header for fragments that include it and nothing else of ours.
#   cmake -DHEADER=sla/policy/policy_proof.hpp -DOUT=dir/policy_proof.hpp -DINCLUDE=include -DCXX=g++ -DFLAGS=-std=c++20
#         -P precompile.cmake
cmake_minimum_required(VERSION 3.24)

file(WRITE ${OUT} "#include <${HEADER}>\n")
string(REPLACE "|" ";" FLAGS "${FLAGS}")
execute_process(COMMAND ${CXX} ${FLAGS} -I${INCLUDE} -x c++-header ${OUT} -o ${OUT}.gch COMMAND_ERROR_IS_FATAL ANY)
