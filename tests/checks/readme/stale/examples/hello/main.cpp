// SPDX-License-Identifier: MIT
// [hello]
#include <iostream>

int main() { std::cout << "hello; [world]\n"; }
// [/hello]
