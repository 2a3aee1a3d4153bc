// SPDX-License-Identifier: MIT
#pragma once

// Where a clock looks its terms up under a grade: a table of a policy, a callable of a test, or the same terms always.
//
//     sla::clock_replay replay(terms, {}, order);    // whatever the grade
//     sla::clock_replay replay(rows, grade, order);  // rows(grade) is a const clock_terms*
//
// The hard question: a template for every way to store terms, or one type? One: the replay is compiled once, and asks
// for terms once a clock and once a change.

#include <type_traits>

#include <sla/clock/event.hpp>
#include <sla/clock/terms.hpp>

namespace sla {
inline namespace v0 {

/// Where a clock finds its terms under a grade: null for a grade the policy does not know. Refers to what it is
/// made from, which must outlive it.
class terms_source {
 public:
  /// The same terms whatever the grade.
  terms_source(const clock_terms& always) noexcept
      : from_(&always),
        get_([](const void* from, const grade&) noexcept { return static_cast<const clock_terms*>(from); }) {}
  /// A callable that is noexcept, from grade to const clock_terms*.
  template <class Rows>
    requires std::is_nothrow_invocable_r_v<const clock_terms*, const Rows&, const grade&>
  terms_source(const Rows& rows) noexcept
      : from_(&rows), get_([](const void* from, const grade& g) noexcept -> const clock_terms* {
          return (*static_cast<const Rows*>(from))(g);
        }) {}
  [[nodiscard]] const clock_terms* operator()(const grade& g) const noexcept { return get_(from_, g); }

 private:
  const void* from_;
  const clock_terms* (*get_)(const void*, const grade&) noexcept;
};

}  // namespace v0
}  // namespace sla
