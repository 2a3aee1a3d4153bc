// SPDX-License-Identifier: MIT
#pragma once

// A handle on an immutable value: what `zone` and `holiday_set` are inside.
//
//     const auto a = sla::detail::shared_value<contents>::make({...});   // counted: the last handle ends the value
//     constexpr sla::detail::shared_value<contents> b(&of_the_program);  // a static one: nothing is counted
//
// The hard question: why not std::shared_ptr? A type that has one cannot be a constant of the compiler's, and a
// calendar with a literal zone is to be one. Otherwise it is the same: copies cost a reference count, and threads may
// share the value.

#include <atomic>
#include <cstddef>
#include <utility>

namespace sla {
inline namespace v0 {
namespace detail {

template <class T>
class shared_value {
 public:
  /// No value.
  constexpr shared_value() noexcept = default;
  /// A value that lives as long as the program.
  constexpr explicit shared_value(const T* of_the_program) noexcept : value_(of_the_program) {}
  [[nodiscard]] static shared_value make(T value) {
    shared_value out;
    out.owned_ = new counted{std::move(value), {1}};
    out.value_ = &out.owned_->value;
    return out;
  }

  constexpr shared_value(const shared_value& o) noexcept : value_(o.value_), owned_(o.owned_) {
    if (owned_ != nullptr) owned_->uses.fetch_add(1, std::memory_order_relaxed);
  }
  constexpr shared_value(shared_value&& o) noexcept
      : value_(std::exchange(o.value_, nullptr)), owned_(std::exchange(o.owned_, nullptr)) {}
  constexpr shared_value& operator=(shared_value o) noexcept {
    std::swap(value_, o.value_);
    std::swap(owned_, o.owned_);
    return *this;
  }
  constexpr ~shared_value() {
    if (owned_ != nullptr) release(owned_);
  }

  [[nodiscard]] constexpr const T* get() const noexcept { return value_; }
  [[nodiscard]] constexpr const T& operator*() const noexcept { return *value_; }
  [[nodiscard]] constexpr const T* operator->() const noexcept { return value_; }
  [[nodiscard]] constexpr explicit operator bool() const noexcept { return value_ != nullptr; }
  /// The same value, not an equal one.
  friend constexpr bool operator==(const shared_value& a, const shared_value& b) noexcept {
    return a.value_ == b.value_;
  }

 private:
  struct counted {
    T value;
    mutable std::atomic<std::size_t> uses;
  };
  static void release(const counted* c) noexcept {
    if (c->uses.fetch_sub(1, std::memory_order_acq_rel) == 1) delete c;
  }

  const T* value_ = nullptr;
  const counted* owned_ = nullptr;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
