# What `cmake --install` lays down: the program and its manual page, the library with its headers, and a CMake package,
# so that another project writes find_package(logstat) and links logstat::logstat.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/logstat)
install(TARGETS logstat_lib EXPORT logstat-targets)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/logstat TYPE INCLUDE)
install(EXPORT logstat-targets NAMESPACE logstat:: DESTINATION ${package_dir})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/logstat-config.cmake.in
  ${PROJECT_BINARY_DIR}/logstat-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/logstat-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/logstat-config.cmake ${PROJECT_BINARY_DIR}/logstat-config-version.cmake
  DESTINATION ${package_dir})

if(TARGET logstat)
  install(TARGETS logstat)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/man/logstat.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE TYPE DOC)
