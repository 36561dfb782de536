# Sourced by the other scripts: where the checkout is, how many jobs to run, and how to start sanitized programs.
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
jobs=$(nproc)

# The sanitizers of gcc 12 and clang 14 reserve address ranges that a kernel with 32 bits of address randomization may
# already use, and then die at random. Programs run through "${fixed_addresses[@]}" start at fixed addresses.
fixed_addresses=(setarch "$(uname -m)" --addr-no-randomize)
"${fixed_addresses[@]}" true 2>/dev/null || fixed_addresses=(env)

# Runs a command and shows its output only if it fails.
quietly() {
  local output
  output=$("$@" 2>&1) || { printf '%s\n' "$output" >&2; return 1; }
}
