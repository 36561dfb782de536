// Makes the shadows and events of a cell from its batch: a worker's part of the way to the detectors.
//
//   EventMaker maker(cell, cell.events);               // after clock outliers were marked
//   maker.AddRows(first, size, tags);                  // all selected rows in their order
//   maker.Finish();
//
// Costs every row of every log, so what a text means is not found out here: whoever counted the keys has their tags
// (tags.h). What is worth an event is decided by IsEvent() in event_maker.cc on the row alone, so that it is the same
// for any split of the lines over cells and workers; most rows fail MayBeEvent() before, which is arithmetic without a
// branch. Not thread-safe; the cell must outlive it.
#ifndef LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_
#define LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "src/deliver/cell.h"
#include "src/deliver/event.h"
#include "src/record/row_tags.h"

namespace logstat {

class EventMaker {
 public:
  // Empties `events`, which it fills from the selected rows of the cell that have a readable time.
  EventMaker(const Cell& cell, CellEvents& events);

  // The selected rows number `first` to first + size - 1, and the tags of FindingTags() of each.
  void AddRows(size_t first, size_t size, const RowTags& tags);

  // Adds the first and last rows, which were not counted yet.
  void Finish();

 private:
  // What is known of the texts of a row.
  struct Tags {
    KeyTag client = 0;
    KeyTag path = 0;
    KeyTag agent = 0;
    KeyTag host = 0;
  };
  // A column of texts; empty ones if nobody has one, and for "-", by which most servers say the same. 64 bytes
  // behind the begin of each can be read, as behind its end.
  class Texts {
   public:
    Texts(const RecordBatch& batch, Field field) : bases_{batch.BytesOf(Text{}), batch.BytesOf(Text{kSpillBit, 0})} {
      if (batch.IsEntirelyMissing(field)) return;
      texts_ = batch.texts(field);
      mask_ = ~size_t{0};
    }
    bool empty() const { return mask_ == 0; }
    // As they stand in the log, "-" as well.
    [[gnu::always_inline]] Text TextOf(size_t row) const { return texts_[row & mask_]; }
    [[gnu::always_inline]] const char* BeginOf(Text text) const {
      return bases_[text.offset >> 31] + (text.offset & ~kSpillBit);
    }
    [[gnu::always_inline]] std::string_view operator[](size_t row) const {
      const Text text = TextOf(row);
      const char* begin = BeginOf(text);
      return text.length == 0 || (text.length == 1 && *begin == '-') ? std::string_view()
                                                                     : std::string_view(begin, text.length);
    }

   private:
    static constexpr Text kNone{};

    std::array<const char*, 2> bases_;  // of the block, of the spill arena
    const Text* texts_ = &kNone;
    size_t mask_ = 0;  // no branch for a column that nobody has: all its rows are kNone
  };
  // What a loop over rows reads of the batch. It takes a copy, which the compiler can keep in registers: of members it
  // must believe that each shadow that is written may change them, and loads them again for every row.
  struct Columns {
    explicit Columns(const Cell& cell);

    Texts methods, paths, targets, queries, protocols, users;
    const int64_t* bytes;
    const uint16_t* statuses;
    bool of_proxy;
  };

  // What stands for a client in findings (ClientGroup), in the arena of the store.
  struct Group {
    KeyTag client = 0;
    Text text;
  };
  // A row of those in hand, and its shadow's place.
  struct Candidate {
    uint32_t row;
    uint32_t shadow;
  };

  Tags FindTags(size_t row) const;
  // All but is_event.
  static void MakeShadow(const Columns& columns, size_t row, int64_t at_ms, const Tags& tags, Shadow& shadow);
  static MethodKind MethodOf(const Columns& columns, size_t row);
  [[gnu::always_inline]] static bool HasUsualProtocol(const Columns& columns, size_t row);
  static bool MayBeEvent(const Columns& columns, size_t row, const Shadow& shadow, const Tags& tags);
  static bool IsEvent(const Columns& columns, size_t row, const Shadow& shadow, const Tags& tags);
  static std::string_view TargetOf(const Columns& columns, size_t row);
  static bool HasOddTarget(const Columns& columns, size_t row, KeyTag path_tag);
  void NameGroup(size_t row, KeyTag client, Event& event);
  void BeginRun(int64_t time_ms, size_t shadows);
  // `newest`: of its rows; kNoTime: none.
  void EndRun(int64_t newest);
  void AddEvent(size_t row, int64_t time_ms, const Shadow& shadow, const Tags& tags);
  std::shared_ptr<EventStore> TakeStore();

  const Cell& cell_;
  const RecordBatch& batch_;
  CellEvents& events_;
  const Columns columns_;
  std::vector<Field> fields_;  // that events keep, and the cell has
  std::shared_ptr<EventStore> store_;
  int64_t run_begin_ms_ = 0;                 // of the epoch of the newest run, once there is one
  std::array<Shadow, RowTags::kRows> made_;  // of the rows in hand
  std::array<Group, 64> groups_;             // of clients met last
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_
