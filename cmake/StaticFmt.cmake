# Links fmt statically, which start-up and the portability of the program ask for.
#
# Debian packages no archive of fmt, and its header-only mode compiles the whole implementation into every file. The
# implementation is in the package's headers, so fmt.cc compiles it once, and fmt::fmt is pointed to that archive.
add_library(logstat_fmt STATIC ${CMAKE_CURRENT_LIST_DIR}/fmt.cc)
target_include_directories(logstat_fmt PRIVATE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_INCLUDE_DIRECTORIES>)
get_target_property(configurations fmt::fmt IMPORTED_CONFIGURATIONS)
foreach(configuration IN LISTS configurations)
  set_target_properties(fmt::fmt PROPERTIES
    IMPORTED_LOCATION_${configuration} ${PROJECT_BINARY_DIR}/${CMAKE_STATIC_LIBRARY_PREFIX}logstat_fmt.a)
endforeach()
add_dependencies(fmt::fmt logstat_fmt)
