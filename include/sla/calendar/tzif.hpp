// SPDX-License-Identifier: MIT
#pragma once

// A zone out of the bytes of a zone file (TZif, RFC 9636), for hosts that carry their own zone data and for tests:
//
//     sla::zone z = sla::zone_from_tzif("Europe/Berlin", bytes, "2025b");
//
// Both kinds of file mean the same: a "fat" one lists changes up to 2037, a "slim" one leaves what its last line
// says to that line. Zones of the system are loaded by calendar/zone_load.hpp.
//
// The hard question: which bytes can be trusted? None. Every count is checked against the size before it is used,
// and a file that is cut short, lists changes out of order, counts leap seconds, or whose last line contradicts its
// list is refused with an error that names the zone.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// A zone file taken apart: the 64-bit part where there is one.
struct tzif_contents {
  std::chrono::seconds initial{0};
  std::vector<zone_transition> transitions;
  std::string footer;
};

class tzif_reader {
 public:
  tzif_reader(const std::string& name, std::string_view bytes) : name_(name), rest_(bytes) {}

  [[nodiscard]] tzif_contents read() {
    const counts first = header();
    if (first.version < '2') {
      if (first.version != '\0') wrong("has an unknown version");
      return block(first, 4);
    }
    (void)take(size(first, 4));
    const counts second = header();
    tzif_contents out = block(second, 8);
    if (take(1) != "\n") wrong("has no footer");
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) wrong("ends inside its footer");
    out.footer = std::string(rest_.substr(0, end));
    return out;
  }

 private:
  struct counts {
    char version = '\0';
    std::uint64_t is_ut = 0, is_standard = 0, leaps = 0, times = 0, types = 0, characters = 0;
  };

  [[noreturn]] void wrong(std::string_view what) const {
    fail("zone " + name_ + ": the zone file " + std::string(what));
  }

  [[nodiscard]] std::string_view take(std::uint64_t n) {
    if (n > rest_.size()) wrong("is cut short");
    const std::string_view out = rest_.substr(0, static_cast<std::size_t>(n));
    rest_.remove_prefix(out.size());
    return out;
  }
  // Big endian, as a two's complement number where `bytes` is 4 or 8.
  [[nodiscard]] static std::int64_t number(std::string_view bytes) noexcept {
    std::uint64_t v = (static_cast<unsigned char>(bytes[0]) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (const char c : bytes) v = (v << 8) | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(v);
  }
  [[nodiscard]] std::uint64_t count() { return static_cast<std::uint64_t>(number(take(4))) & 0xFFFF'FFFFU; }

  [[nodiscard]] counts header() {
    if (rest_.substr(0, 4) != "TZif") wrong("does not begin with TZif");
    const std::string_view head = take(20);
    counts c{.version = head[4]};
    for (std::uint64_t* n : {&c.is_ut, &c.is_standard, &c.leaps, &c.times, &c.types, &c.characters})
      *n = count();
    return c;
  }
  [[nodiscard]] static std::uint64_t size(const counts& c, std::uint64_t width) noexcept {
    return c.times * (width + 1) + c.types * 6 + c.characters + c.leaps * (width + 4) + c.is_standard +
           c.is_ut;
  }

  [[nodiscard]] tzif_contents block(const counts& c, std::size_t width) {
    if (c.leaps != 0) wrong("counts leap seconds, which instants of this library do not");
    if (c.types == 0 || c.types > 256) wrong("has no local time types, or too many");
    const std::string_view times = take(c.times * width);
    const std::string_view indices = take(c.times);
    const std::string_view types = take(c.types * 6);
    (void)take(c.characters + c.is_standard + c.is_ut);
    const auto offset = [&](std::size_t type) {
      return std::chrono::seconds(number(types.substr(type * 6, 4)));
    };
    tzif_contents out;
    out.initial = offset(0);
    out.transitions.reserve(indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i) {
      const auto type = static_cast<unsigned char>(indices[i]);
      if (type >= c.types) wrong("names a local time type that it does not have");
      out.transitions.push_back({instant::from_unix(number(times.substr(i * width, width))), offset(type)});
    }
    return out;
  }

  const std::string& name_;
  std::string_view rest_;
};

}  // namespace detail

/// Reads the bytes of a zone file; `version` is that of the data ("2025b"), which the file does not state.
/// Throws sla::error naming the zone.
[[nodiscard]] inline zone zone_from_tzif(std::string name, std::string_view bytes, std::string version = {}) {
  detail::tzif_contents c = detail::tzif_reader(name, bytes).read();
  return {std::move(name), std::move(version), c.initial, std::move(c.transitions), c.footer};
}

}  // namespace v0
}  // namespace sla
