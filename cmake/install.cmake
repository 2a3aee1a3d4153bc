# SPDX-License-Identifier: MIT
# The package: `find_package(sla COMPONENTS core)` from a build tree or an installed one, and pkg-config.
# Each component is an export set of its own, so that asking for core asks for nothing else.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sla)
set(SLA_STATIC_BUILD OFF)
if(TARGET sla AND kind STREQUAL "STATIC_LIBRARY")
  set(SLA_STATIC_BUILD ON)
endif()

configure_package_config_file(cmake/sla-config.cmake.in ${PROJECT_BINARY_DIR}/sla-config.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change anything, so only the same one will do.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sla-config-version.cmake COMPATIBILITY SameMinorVersion)

# pkg-config files find their prefix from where they lie: an installed tree can be moved.
file(RELATIVE_PATH pc_to_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" pc_to_prefix "${pc_to_prefix}")
set(pc_static_libs "")
set(pc_static_cflags "")
if(SLA_STATIC_BUILD)
  # A static library without its dependencies does not link, with or without `pkg-config --static`.
  set(pc_static_libs " -ldate-tz -lfmt")
  set(pc_static_cflags "Cflags: -DSLA_STATIC\n")
endif()
configure_file(cmake/sla-core.pc.in ${PROJECT_BINARY_DIR}/sla-core.pc @ONLY)
configure_file(cmake/sla.pc.in ${PROJECT_BINARY_DIR}/sla.pc @ONLY)

foreach(component IN LISTS sla_components)
  set(target sla_${component})
  if(component STREQUAL "sla")
    set(target sla)
  endif()
  # Without install rules there is no export set, and the targets themselves are exported to the build tree.
  if(SLA_INSTALL)
    install(TARGETS ${target} EXPORT sla-${component} FILE_SET HEADERS)
    install(EXPORT sla-${component} NAMESPACE sla:: FILE sla-${component}-targets.cmake DESTINATION ${package_dir})
    export(EXPORT sla-${component} NAMESPACE sla:: FILE ${PROJECT_BINARY_DIR}/sla-${component}-targets.cmake)
  else()
    export(TARGETS ${target} NAMESPACE sla:: FILE ${PROJECT_BINARY_DIR}/sla-${component}-targets.cmake)
  endif()
endforeach()

if(SLA_INSTALL)
  install(FILES ${PROJECT_BINARY_DIR}/sla-config.cmake ${PROJECT_BINARY_DIR}/sla-config-version.cmake
          DESTINATION ${package_dir})
  install(FILES ${PROJECT_BINARY_DIR}/sla-core.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  if(TARGET sla)
    install(FILES ${PROJECT_BINARY_DIR}/sla.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  endif()
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
