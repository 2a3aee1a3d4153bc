// SPDX-License-Identifier: MIT
#pragma once

// How a name crosses the border of a shared library. Two macros and nothing else; no type, layout or signature
// ever depends on them.
//
//     SLA_EXPORT zone load_zone(std::string_view name);              // compiled into libsla, called by users
//     class SLA_VISIBLE policy_error : public error { ... };         // header-only, thrown there and caught here
//
// The hard question: libsla is compiled with hidden visibility, so what about an exception whose class lives in a
// header? Thrown in the library and caught in the program, it must be one type on both sides; where types are told
// apart by address, a hidden one is not caught. SLA_VISIBLE keeps its identity shared. On Windows types are told
// apart by name, and importing a class that nobody exports would not link, so there it is empty.
//
// A static library needs neither: targets and pkg-config files define SLA_STATIC for its users, so that a shared
// object that contains it (a plugin, say) does not show our names to the rest of the program. The build of libsla
// defines SLA_BUILDING. A user of sla::core alone defines nothing.

#if defined(_WIN32)
#define SLA_VISIBLE
#else
#define SLA_VISIBLE __attribute__((visibility("default")))
#endif

#if defined(SLA_STATIC)
#define SLA_EXPORT
#elif defined(_WIN32) && defined(SLA_BUILDING)
#define SLA_EXPORT __declspec(dllexport)
#elif defined(_WIN32)
#define SLA_EXPORT __declspec(dllimport)
#else
#define SLA_EXPORT __attribute__((visibility("default")))
#endif
