// SPDX-License-Identifier: MIT
#pragma once

// The root of every exception of the library. It is thrown where a bad *declaration* is built (a rate with a
// zero denominator, a table that is empty, an amount that leaves its range) and by nothing that evaluates:
// judging events, measuring outages and counting time are total.
//
//     sla::ratio(1, 0);   // throws sla::error: "a ratio needs a denominator other than 0"
//
// A file does not throw at its first fault: loading returns every problem at once (base/diagnostic.hpp).
//
// In a constant expression the throw is what stops the compiler, so `1e2_pct` does not compile: the message
// names `sla::detail::fail`, and the line it points to says what was expected.

#include <stdexcept>
#include <string>

#include <sla/base/export.hpp>

namespace sla {
inline namespace v0 {

/// A declaration that cannot be built; `what()` says what was expected and what was found.
class SLA_VISIBLE error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {

// The throw stands in one place, so that callers stay small and constexpr functions readable.
[[noreturn]] inline void fail(const std::string& what) { throw error(what); }

}  // namespace detail
}  // namespace v0
}  // namespace sla
