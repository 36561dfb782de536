// Many workers complete cells in a random order; one consumer at a time sees those of each input in their order.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "src/deliver/crew.h"
#include "src/deliver/delivery.h"
#include "src/deliver/line_ledger.h"
#include "src/plan/cursor.h"
#include "tests/deliver/cells.h"

namespace logstat {
namespace {

void SleepSometimes(std::mt19937_64& random) {
  if (random() % 8 == 0) std::this_thread::sleep_for(std::chrono::microseconds(random() % 50));
  if (random() % 2 == 0) std::this_thread::yield();
}

// `workers` threads take the cells 0 to `cells` - 1 of `inputs` inputs in turn, as a cursor gives them out.
void CheckOrder(unsigned workers, size_t most_in_flight, uint64_t cells, size_t inputs = 1) {
  Crew crew(workers);
  Delivery delivery(most_in_flight, crew);
  std::mutex mutex;
  uint64_t next = 0;
  std::atomic<uint64_t> in_flight{0};
  std::atomic<bool> in_consumer{false};
  std::vector<uint64_t> expected(inputs);  // touched by the consumer only, without a lock: that is what is tested
  std::vector<std::thread> threads;
  for (unsigned worker = 0; worker < workers; ++worker) {
    threads.emplace_back([&, worker] {
      std::mt19937_64 random(worker);
      while (true) {
        delivery.Reserve();
        std::unique_ptr<Cell> cell = delivery.TakeCell();
        {
          const std::lock_guard<std::mutex> lock(mutex);
          if (next == cells * inputs) break;
          cell->input = next % inputs;
          cell->block.cell = next / inputs;
          ++next;
        }
        EXPECT_LE(++in_flight, most_in_flight);
        cell->block.lease = std::make_shared<int>(0);
        SleepSometimes(random);
        delivery.Complete(std::move(cell), [&](Cell& delivered) {
          EXPECT_FALSE(in_consumer.exchange(true)) << "two consumers at a time";
          EXPECT_EQ(delivered.block.cell, expected[delivered.input]++);
          EXPECT_NE(delivered.block.lease, nullptr);
          SleepSometimes(random);
          --in_flight;
          in_consumer = false;
        });
      }
      delivery.GiveBack();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(expected, std::vector<uint64_t>(inputs, cells));
  EXPECT_EQ(delivery.delivered(), cells * inputs);
}

TEST(DeliveryTest, OneWorkerDeliversEachCellAtOnce) { CheckOrder(1, 1, 100); }
TEST(DeliveryTest, WithoutRoomToRunAheadWorkersTakeTurns) { CheckOrder(4, 1, 500); }
TEST(DeliveryTest, AFewWorkersRunAhead) { CheckOrder(3, 12, 2000); }
TEST(DeliveryTest, MoreWorkersThanRoom) { CheckOrder(16, 5, 2000); }
TEST(DeliveryTest, ManyWorkersAndMuchRoom) { CheckOrder(16, 64, 2000); }
TEST(DeliveryTest, SeveralInputsAtOnce) { CheckOrder(5, 12, 500, 3); }
TEST(DeliveryTest, MoreInputsThanRoom) { CheckOrder(4, 2, 100, 20); }

TEST(DeliveryTest, ACellWaitsForTheOneBeforeItAndIsDeliveredByWhoeverCompletesThatOne) {
  Crew crew(2);
  Delivery delivery(8, crew);
  std::vector<uint64_t> delivered;
  const auto complete = [&](uint64_t number, size_t input = 0) {
    delivery.Reserve();
    std::unique_ptr<Cell> cell = delivery.TakeCell();
    cell->input = input;
    cell->block.cell = number;
    delivery.Complete(std::move(cell), [&](Cell& next) { delivered.push_back(next.block.cell + 100 * next.input); });
  };
  complete(2);
  complete(1);
  EXPECT_TRUE(delivered.empty());
  complete(0);
  EXPECT_EQ(delivered, (std::vector<uint64_t>{0, 1, 2}));
  complete(4);
  complete(0, 1);
  complete(3);
  EXPECT_EQ(delivered, (std::vector<uint64_t>{0, 1, 2, 100, 3, 4})) << "another input does not wait";
}

TEST(DeliveryTest, TheBytesOfACellAreReleasedWhenItWasDelivered) {
  Crew crew(2);
  Delivery delivery(8, crew);
  delivery.Reserve();
  std::unique_ptr<Cell> cell = delivery.TakeCell();
  auto lease = std::make_shared<int>(0);
  const std::weak_ptr<int> watched = lease;
  cell->block.lease = std::move(lease);
  delivery.Complete(std::move(cell), [&](Cell&) { EXPECT_FALSE(watched.expired()); });
  EXPECT_TRUE(watched.expired());
}

TEST(DeliveryTest, ADeliveredCellIsUsedAgain) {
  Crew crew(2);
  Delivery delivery(8, crew);
  delivery.Reserve();
  std::unique_ptr<Cell> cell = delivery.TakeCell();
  const Cell* address = cell.get();
  delivery.Complete(std::move(cell), [](Cell&) {});
  EXPECT_EQ(delivery.TakeCell().get(), address);
}

TEST(DeliveryTest, AbandonedItLetsEverybodyGo) {
  Crew crew(4);
  Delivery delivery(1, crew);
  std::vector<std::thread> waiting;
  for (uint64_t number = 1; number <= 4; ++number) {
    waiting.emplace_back([&, number] {
      delivery.Reserve();
      std::unique_ptr<Cell> cell = delivery.TakeCell();
      cell->block.cell = number;
      delivery.Complete(std::move(cell), [](Cell&) { ADD_FAILURE() << "cell 0 never came"; });
    });
  }
  delivery.Abandon();
  for (std::thread& thread : waiting) thread.join();
  EXPECT_EQ(delivery.delivered(), 0u);
}

// Writes down the lines of delivered cells.
class LineWriter {
 public:
  struct Seen {
    uint64_t line;
    uint64_t offset;
    std::string text;
    friend bool operator==(const Seen&, const Seen&) = default;
  };

  explicit LineWriter(size_t inputs) : seen_(inputs) {}

  void Add(const Cell& cell, uint64_t first_line) {
    for (size_t row = 0; row < cell.batch.rows(); ++row) {
      const uint32_t begin = cell.batch.begin(row), end = cell.batch.begin(row + 1);
      const char* bytes = reinterpret_cast<const char*>(cell.block.bytes);
      seen_[cell.input].push_back(
          {first_line + row, cell.block.offset + begin, std::string(bytes + begin, end - begin)});
    }
  }

  const std::vector<Seen>& seen(size_t input) const { return seen_[input]; }

 private:
  std::vector<std::vector<Seen>> seen_;
};

std::vector<LineWriter::Seen> LinesOf(const std::string& text) {
  std::vector<LineWriter::Seen> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t newline = text.find('\n', begin);
    const size_t end = newline == std::string::npos ? text.size() : newline + 1;
    lines.push_back({lines.size() + 1, begin, text.substr(begin, end - begin)});
    begin = end;
  }
  return lines;
}

std::string RandomLog(uint64_t seed, size_t lines) {
  std::mt19937_64 random(seed);
  std::string text;
  for (size_t i = 0; i < lines; ++i) {
    switch (random() % 8) {
      case 0:
        text += "\n";
        break;
      case 1:
        text += "not a line of an access log " + std::string(random() % 300, 'z') + "\n";
        break;
      default:
        text += LogLine("/" + std::string(random() % 150, 'p'), 200 + static_cast<int>(random() % 300));
    }
  }
  return text + (seed % 2 == 0 ? "the last line has no end" : "");
}

TEST(DeliveryTest, EveryLineOfEveryInputComesInOrderWithItsNumberAndOffset) {
  const TempDir dir;
  std::vector<std::string> texts;
  Options options;
  for (uint64_t input = 0; input < 4; ++input) {
    texts.push_back(RandomLog(input, input == 2 ? 0 : 400));
    options.inputs.push_back(dir.Write(std::to_string(input) + ".log", texts.back()));
  }
  options.threads = 6;
  options.tuning.cell_bytes = 150;
  options.tuning.map_from_bytes = 40'000;  // some of the inputs
  const Plan plan = *MakePlan(options);
  Cursor cursor(plan);
  Crew crew(plan.threads);
  Delivery delivery(plan.cells_ahead, crew);
  LineLedger ledger(texts.size());
  LineWriter writer(texts.size());
  std::vector<std::thread> threads;
  for (unsigned worker = 0; worker < plan.threads; ++worker) {
    threads.emplace_back([&, worker] {
      std::mt19937_64 random(worker);
      CellReader reader(*plan.kernels);
      while (true) {
        delivery.Reserve();
        std::optional<CellTask> task = cursor.Next();
        if (!task.has_value()) break;
        std::unique_ptr<Cell> cell = delivery.TakeCell();
        cell->input = task->input;
        cell->block = std::move(task->block);
        reader.Read(cell->block, *task->open->format, plan.columns, cell->batch);
        DropLostRows(task->open->source->IntactBytes(), *cell);
        SleepSometimes(random);
        delivery.Complete(std::move(cell), [&](Cell& next) { writer.Add(next, ledger.Add(next)); });
      }
      delivery.GiveBack();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t input = 0; input < texts.size(); ++input) {
    EXPECT_EQ(writer.seen(input), LinesOf(texts[input])) << "input " << input;
  }
}

}  // namespace
}  // namespace logstat
