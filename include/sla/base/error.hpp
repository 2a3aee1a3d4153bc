// SPDX-License-Identifier: MIT
#pragma once

// The one exception of the library. It is thrown where a bad *declaration* is built (a rate with a zero
// denominator, a table that is empty, an amount that leaves its range) and by nothing that evaluates: judging
// events, measuring outages and counting time are total.
//
// A file does not throw at its first fault: loading returns every problem at once (base/diagnostic.hpp).
//
// In a constant expression the throw is what stops the compiler, so `99.9.9_pct` does not compile.

#include <stdexcept>
#include <string>

namespace sla {
inline namespace v0 {

/// A declaration that cannot be built; `what()` says what was expected and what was found.
class error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {

// One cold, never-inlined throw keeps the callers small and constexpr functions readable.
[[noreturn]] inline void fail(const std::string& what) { throw error(what); }

}  // namespace detail
}  // namespace v0
}  // namespace sla
