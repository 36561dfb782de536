# Links Abseil from Debian's static archives.
#
# Debian's CMake package names only the shared objects. Status and time alone pull in some thirty of them, which costs
# a short-lived program more than its own work. The archives lie beside them, so every imported target is pointed there.
get_property(imported_targets DIRECTORY PROPERTY IMPORTED_TARGETS)
list(FILTER imported_targets INCLUDE REGEX "^absl::")
foreach(target IN LISTS imported_targets)
  get_target_property(configurations ${target} IMPORTED_CONFIGURATIONS)
  if(NOT configurations)
    continue()  # header-only
  endif()
  foreach(configuration IN LISTS configurations)
    get_target_property(shared_object ${target} IMPORTED_LOCATION_${configuration})
    string(REGEX REPLACE "\\.so[.0-9]*$" ".a" archive "${shared_object}")
    if(EXISTS "${archive}")
      set_target_properties(${target} PROPERTIES IMPORTED_LOCATION_${configuration} "${archive}")
    endif()
  endforeach()
endforeach()
