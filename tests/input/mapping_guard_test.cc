#include "src/input/mapping_guard.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <vector>

#include "src/input/source.h"
#include "tests/input/lines.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

const size_t kPageBytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));

// A file of `pages` pages full of 'x', mapped.
class Mapping {
 public:
  explicit Mapping(size_t pages)
      : path_(dir_.Write("log", std::string(pages * kPageBytes, 'x'))), size_bytes_(pages * kPageBytes) {
    const int descriptor = open(path_.c_str(), O_RDONLY);
    bytes_ = static_cast<volatile uint8_t*>(mmap(nullptr, size_bytes_, PROT_READ, MAP_PRIVATE, descriptor, 0));
    close(descriptor);
  }
  ~Mapping() { munmap(address(), size_bytes_); }

  void Truncate(size_t size) { std::filesystem::resize_file(path_, size); }
  std::unique_ptr<MappingGuard> Watch() { return MappingGuard::Watch(address(), size_bytes_); }
  void* address() const { return const_cast<uint8_t*>(bytes_); }
  uint8_t operator[](size_t i) const { return bytes_[i]; }

 private:
  TempDir dir_;
  std::string path_;
  size_t size_bytes_;
  volatile uint8_t* bytes_;
};

TEST(MappingGuardTest, LostPagesReadAsZerosAndTheLowestIsNoted) {
  Mapping mapping(10);
  const auto guard = mapping.Watch();
  EXPECT_EQ(guard->LostFrom(), MappingGuard::kNothingLost);
  mapping.Truncate(3 * kPageBytes + 5);
  EXPECT_EQ(mapping[3 * kPageBytes + 4], 'x');
  EXPECT_EQ(mapping[3 * kPageBytes + 5], 0);
  EXPECT_EQ(guard->LostFrom(), MappingGuard::kNothingLost) << "the partial page is still there";
  EXPECT_EQ(mapping[7 * kPageBytes + 100], 0);
  EXPECT_EQ(guard->LostFrom(), 7 * kPageBytes);
  EXPECT_EQ(mapping[10 * kPageBytes - 1], 0);
  EXPECT_EQ(guard->LostFrom(), 7 * kPageBytes);
  EXPECT_EQ(mapping[4 * kPageBytes], 0);
  EXPECT_EQ(guard->LostFrom(), 4 * kPageBytes);
  EXPECT_EQ(mapping[0], 'x');
}

TEST(MappingGuardTest, ErrnoIsKept) {
  Mapping mapping(2);
  const auto guard = mapping.Watch();
  mapping.Truncate(0);
  errno = 77;
  const uint8_t byte = mapping[kPageBytes];
  EXPECT_EQ(errno, 77);
  EXPECT_EQ(byte, 0);
}

TEST(MappingGuardTest, EveryMappingHasItsOwnNote) {
  Mapping one(4), two(4);
  const auto first = one.Watch(), second = two.Watch();
  one.Truncate(0);
  EXPECT_EQ(one[kPageBytes], 0);
  EXPECT_EQ(two[kPageBytes], 'x');
  EXPECT_EQ(first->LostFrom(), kPageBytes);
  EXPECT_EQ(second->LostFrom(), MappingGuard::kNothingLost);
}

TEST(MappingGuardTest, ASlotThatIsUsedAgainStartsWithoutANote) {
  for (int round = 0; round < 3; ++round) {
    Mapping mapping(2);
    const auto guard = mapping.Watch();
    EXPECT_EQ(guard->LostFrom(), MappingGuard::kNothingLost);
    mapping.Truncate(0);
    EXPECT_EQ(mapping[0], 0);
    EXPECT_EQ(guard->LostFrom(), 0u);
  }
}

TEST(MappingGuardTest, WithAFullTableNothingIsWatchedAndFilesAreRead) {
  TempDir dir;
  const std::string path = dir.Write("log", "one\ntwo\n");
  Mapping mapping(1);
  std::vector<std::unique_ptr<MappingGuard>> guards;
  while (auto guard = mapping.Watch()) guards.push_back(std::move(guard));
  EXPECT_EQ(guards.size(), kMaxWatchedMappings);

  SourceSettings settings;
  settings.map_from_bytes = 1;
  settings.guard_mapped_files = true;
  const auto read = OpenSource(path, settings);
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE((*read)->mapped());
  EXPECT_EQ(ReadLines(**read, settings.cell_bytes).cells, "one\ntwo\n");

  guards.pop_back();
  const auto mapped = OpenSource(path, settings);
  ASSERT_TRUE(mapped.ok());
  EXPECT_TRUE((*mapped)->mapped());
}

// ---- Signals that are not ours -----------------------------------------------------------------------------------

void* foreign_address = nullptr;
int foreign_signals = 0;

void Repair() {
  ++foreign_signals;
  mmap(foreign_address, kPageBytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}
void PlainHandler(int) { Repair(); }
void InfoHandler(int, siginfo_t* info, void*) {
  if (info->si_addr == foreign_address) Repair();
}

// The handler that a program had before us, for the length of a test.
class ProgramHandler {
 public:
  explicit ProgramHandler(void (*handler)(int)) {
    action_.sa_handler = handler;
    sigaction(SIGBUS, &action_, &saved_);
  }
  explicit ProgramHandler(void (*handler)(int, siginfo_t*, void*)) {
    action_.sa_sigaction = handler;
    action_.sa_flags = SA_SIGINFO;
    sigaction(SIGBUS, &action_, &saved_);
  }
  ~ProgramHandler() { sigaction(SIGBUS, &saved_, nullptr); }

  bool IsInstalled() const {
    struct sigaction current;
    sigaction(SIGBUS, nullptr, &current);
    return current.sa_handler == action_.sa_handler;
  }

 private:
  struct sigaction action_ = {}, saved_;
};

TEST(MappingGuardTest, AnotherAddressGoesToThePlainHandlerThatWasThere) {
  const ProgramHandler program(&PlainHandler);
  Mapping ours(1), foreign(1);
  const auto guard = ours.Watch();
  foreign.Truncate(0);
  foreign_address = foreign.address();
  foreign_signals = 0;
  EXPECT_EQ(foreign[0], 0);
  EXPECT_EQ(foreign_signals, 1);
  EXPECT_EQ(guard->LostFrom(), MappingGuard::kNothingLost);
}

TEST(MappingGuardTest, AnotherAddressGoesWithItsDetailsToTheHandlerThatWasThere) {
  const ProgramHandler program(&InfoHandler);
  Mapping ours(1), foreign(1);
  const auto guard = ours.Watch();
  foreign.Truncate(0);
  foreign_address = foreign.address();
  foreign_signals = 0;
  EXPECT_EQ(foreign[0], 0);
  EXPECT_EQ(foreign_signals, 1);
}

TEST(MappingGuardTest, TheHandlerThatWasThereIsBackAfterTheLastGuard) {
  const ProgramHandler program(&PlainHandler);
  Mapping mapping(1);
  auto first = mapping.Watch(), second = mapping.Watch();
  EXPECT_FALSE(program.IsInstalled());
  first.reset();
  EXPECT_FALSE(program.IsInstalled());
  second.reset();
  EXPECT_TRUE(program.IsInstalled());
}

TEST(MappingGuardTest, AHandlerThatWasPutOverOursStaysAndMayCallUs) {
  const ProgramHandler program(&PlainHandler);
  Mapping mapping(2);
  auto guard = mapping.Watch();
  {
    static struct sigaction ours;
    struct sigaction over = {};
    over.sa_flags = SA_SIGINFO;
    over.sa_sigaction = [](int signal, siginfo_t* info, void* context) { ours.sa_sigaction(signal, info, context); };
    sigaction(SIGBUS, &over, &ours);
    mapping.Truncate(kPageBytes);
    EXPECT_EQ(mapping[kPageBytes], 0);
    guard.reset();
    struct sigaction current;
    sigaction(SIGBUS, nullptr, &current);
    EXPECT_EQ(current.sa_sigaction, over.sa_sigaction);
    sigaction(SIGBUS, &ours, nullptr);
  }
  Mapping again(2);
  guard = again.Watch();
  again.Truncate(kPageBytes);
  EXPECT_EQ(again[kPageBytes], 0);
  guard.reset();
  EXPECT_TRUE(program.IsInstalled());
}

// Each ends the process that calls it, one way or the other.
void TouchAnotherAddress(void (*handler)(int)) {
  const ProgramHandler program(handler);
  Mapping ours(1), foreign(1);
  const auto guard = ours.Watch();
  foreign.Truncate(0);
  _exit(foreign[0]);
}

void SendTheSignal(void (*handler)(int)) {
  const ProgramHandler program(handler);
  Mapping ours(1);
  const auto guard = ours.Watch();
  kill(getpid(), SIGBUS);
  _exit(7);
}

TEST(MappingGuardDeathTest, AnotherAddressStillKillsAProgramWithoutAHandler) {
  EXPECT_EXIT(TouchAnotherAddress(SIG_DFL), ::testing::KilledBySignal(SIGBUS), "");
  EXPECT_EXIT(TouchAnotherAddress(SIG_IGN), ::testing::KilledBySignal(SIGBUS), "");
}

TEST(MappingGuardDeathTest, ASignalThatWasSentDoesWhatItDidBefore) {
  EXPECT_EXIT(SendTheSignal(SIG_DFL), ::testing::KilledBySignal(SIGBUS), "");
  EXPECT_EXIT(SendTheSignal(SIG_IGN), ::testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace logstat
