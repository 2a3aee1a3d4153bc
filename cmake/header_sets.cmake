# SPDX-License-Identifier: MIT
# Which set a public header belongs to. The sets named here are the exceptions; every other header is core, so
# that a header is in exactly one set by construction. Used by the build and by the checks (cmake -P).
#
#   core     the standard library alone
#   sla      declares compiled functions, or gathers everything (sla/sla.hpp)
#   fmt      needs fmt
#   testing  needs GoogleTest

set(SLA_PATTERNS_sla "^sla/calendar/(zone|holiday)_load\\.hpp$" "^sla/policy/([a-z_]+_load|policy_print)\\.hpp$"
                     "^sla/report/[a-z_]+\\.hpp$" "^sla/sla\\.hpp$")
set(SLA_PATTERNS_fmt "^sla/fmt\\.hpp$")
set(SLA_PATTERNS_testing "^sla/testing\\.hpp$")

# The set of a header named as users include it ("sla/base/ratio.hpp").
function(sla_header_set header out)
  foreach(set IN ITEMS sla fmt testing)
    foreach(pattern IN LISTS SLA_PATTERNS_${set})
      if(header MATCHES "${pattern}")
        set(${out} ${set} PARENT_SCOPE)
        return()
      endif()
    endforeach()
  endforeach()
  set(${out} core PARENT_SCOPE)
endfunction()

# Sets SLA_HEADERS_core, _sla, _fmt and _testing to the absolute paths found under an include directory.
function(sla_header_sets include_dir)
  set(watch CONFIGURE_DEPENDS)
  if(CMAKE_SCRIPT_MODE_FILE)
    set(watch)
  endif()
  file(GLOB_RECURSE headers ${watch} RELATIVE ${include_dir} ${include_dir}/sla/*.hpp)
  foreach(header IN LISTS headers)
    sla_header_set(${header} set)
    list(APPEND found_${set} ${include_dir}/${header})
  endforeach()
  foreach(set IN ITEMS core sla fmt testing)
    set(SLA_HEADERS_${set} ${found_${set}} PARENT_SCOPE)
  endforeach()
endfunction()
