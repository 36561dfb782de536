#include "src/filter/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "src/filter/cidr.h"
#include "src/filter/lexer.h"
#include "src/filter/literal.h"
#include "src/filter/time_point.h"
#include "src/record/field.h"

namespace logstat {
namespace {

constexpr size_t kMostBytes = size_t{64} << 10;
constexpr int kMostDepth = 100;

bool HasAddresses(Field field) { return field == Field::kClient || field == Field::kHost || field == Field::kUpstream; }

bool IsStatus(Field field) { return field == Field::kStatus || field == Field::kUpstreamStatus; }

std::string FieldNames() {
  std::string names;
  for (size_t i = 0; i < kFieldCount; ++i) {
    names.append(names.empty() ? "" : ", ").append(FieldName(static_cast<Field>(i)));
  }
  return names;
}

// What a value of the field looks like, for messages.
std::string_view ExampleOf(Field field) {
  switch (field) {
    case Field::kStatus:
    case Field::kUpstreamStatus:
      return "a status or a class, as 404 or 5xx";
    case Field::kTime:
      return "a time, as \"2026-11-22T13:00\"";
    case Field::kDuration:
    case Field::kUpstreamTime:
      return "seconds or a number with a unit, as 1.5 or 1500ms";
    case Field::kBytes:
    case Field::kRequestBytes:
      return "a number of bytes, as 5120 or 10MiB";
    default:
      return HasAddresses(field) ? "a text in quotes, or an address" : "a text in quotes";
  }
}

// Keywords in capitals are what SQL taught.
bool IsKeyword(const Token& token, std::string_view lower, std::string_view upper) {
  return token.kind == Token::kWord && (token.text == lower || token.text == upper);
}

// What a value, or a list of values, stands for.
struct Values {
  std::vector<Interval> numbers;
  std::vector<std::string> texts;
  AddressSet blocks;
};

// Recursive descent, one token ahead. The first error ends it.
class WhereParser {
 public:
  WhereParser(std::string_view text, const std::string& time_zone) : lexer_(text), time_zone_(time_zone) {}

  StatusOr<Expression> Parse() {
    if (Status status = Advance(); !status.ok()) return status;
    StatusOr<Expression> expression = ParseExpression();
    if (!expression.ok()) return expression;
    if (next_.kind == Token::kClose) return Error("there is no ( for this one");
    if (next_.kind != Token::kEnd) return Error("this stands behind a complete test; join two by and, or");
    return expression;
  }

 private:
  Status Advance() {
    StatusOr<Token> token = lexer_.Next();
    if (!token.ok()) return token.status();
    next_ = *token;
    return OkStatus();
  }
  Status Error(std::string_view message) const { return lexer_.Error(next_.at, message); }

  // Parts of one kind, joined by a keyword.
  StatusOr<Expression> ParseJoined(bool any) {
    std::vector<Expression> parts;
    while (true) {
      StatusOr<Expression> part = any ? ParseJoined(/*any=*/false) : ParseNegation();
      if (!part.ok()) return part;
      parts.push_back(*std::move(part));
      if (!(any ? IsKeyword(next_, "or", "OR") : IsKeyword(next_, "and", "AND"))) break;
      if (Status status = Advance(); !status.ok()) return status;
    }
    if (parts.size() == 1) return std::move(parts[0]);
    return any ? Expression::Any(std::move(parts)) : Expression::All(std::move(parts));
  }
  StatusOr<Expression> ParseExpression() { return ParseJoined(/*any=*/true); }

  StatusOr<Expression> ParseNegation() {
    const bool negated = IsKeyword(next_, "not", "NOT");
    if (!negated && next_.kind != Token::kOpen) return ParseTest();
    if (++depth_ > kMostDepth) return Error("this is nested too deep");
    if (Status status = Advance(); !status.ok()) return status;
    StatusOr<Expression> inner = negated ? ParseNegation() : ParseExpression();
    if (!inner.ok()) return inner;
    --depth_;
    if (negated) {
      inner->Negate();
      return inner;
    }
    if (next_.kind != Token::kClose) return Error("a ) is missing here");
    if (Status status = Advance(); !status.ok()) return status;
    return inner;
  }

  StatusOr<Expression> ParseTest() {
    if (next_.kind != Token::kWord) return Error("a test is missing here, as in status >= 500");
    const std::optional<Field> field = FindField(next_.text);
    if (!field.has_value()) {
      return Error(fmt::format("'{}' is no field; fields are {}", next_.text, FieldNames()));
    }
    if (Status status = Advance(); !status.ok()) return status;
    const bool negated = IsKeyword(next_, "not", "NOT");
    if (negated) {
      if (Status status = Advance(); !status.ok()) return status;
    }
    if (IsKeyword(next_, "in", "IN")) return ParseMembership(*field, negated);
    if (negated || next_.kind != Token::kOperator) {
      return Error(fmt::format("behind {} one of == != < <= > >= =~ !~ in is missing", FieldName(*field)));
    }
    return next_.text == "=~" || next_.text == "!~" ? ParseMatch(*field) : ParseComparison(*field);
  }

  StatusOr<Expression> ParseMatch(Field field) {
    const bool negated = next_.text == "!~";
    if (!IsText(field)) {
      return Error(fmt::format("{} is {}: compare it with == != < <= > >= or in", FieldName(field),
                               field == Field::kTime ? "a time" : "a number"));
    }
    if (Status status = Advance(); !status.ok()) return status;
    if (next_.kind != Token::kString) return Error("a pattern in quotes is missing here, as in \"^/api/\"");
    StatusOr<std::unique_ptr<PatternPredicate>> pattern =
        PatternPredicate::Make(field, UnescapePattern(next_.text, next_.quote));
    if (!pattern.ok()) return Error(fmt::format("RE2 does not take this pattern: {}", Message(pattern.status())));
    if (negated) (*pattern)->Negate();
    return Finish(*std::move(pattern));
  }

  StatusOr<Expression> ParseComparison(Field field) {
    const std::string_view op = next_.text;
    const bool equality = op == "==" || op == "!=";
    if (IsText(field) && !equality) {
      return Error(fmt::format("{} is text: use == != =~ !~ or in", FieldName(field)));
    }
    if (Status status = Advance(); !status.ok()) return status;
    if (!equality && IsStatus(field) && ParseStatusClass(next_.text).has_value()) {
      return Error(fmt::format("a class goes with == != or in; write {}00", next_.text[0]));
    }
    if (!equality) {
      const StatusOr<Amount> amount = TakeAmount(field);
      if (!amount.ok()) return amount.status();
      return Finish(std::make_unique<NumberPredicate>(field, Compare(op, *amount, field)));
    }
    Values values;
    if (Status status = TakeValue(field, /*in=*/false, values); !status.ok()) return status;
    return FinishValues(field, op == "!=", std::move(values));
  }

  StatusOr<Expression> ParseMembership(Field field, bool negated) {
    if (Status status = Advance(); !status.ok()) return status;
    Values values;
    if (next_.kind != Token::kOpen) {
      if (Status status = TakeValue(field, /*in=*/true, values); !status.ok()) return status;
      return FinishValues(field, negated, std::move(values));
    }
    do {
      if (Status status = Advance(); !status.ok()) return status;
      if (Status status = TakeValue(field, /*in=*/true, values); !status.ok()) return status;
      if (Status status = Advance(); !status.ok()) return status;
    } while (next_.kind == Token::kComma);
    if (next_.kind != Token::kClose) return Error("a , or a ) is missing here");
    return FinishValues(field, negated, std::move(values));
  }

  // The number or time at hand.
  StatusOr<Amount> TakeAmount(Field field) {
    if (field == Field::kTime && (next_.kind == Token::kWord || next_.kind == Token::kString)) {
      const StatusOr<TimeMs> time = ParseTimePoint("--where", next_.text, TimeContext{std::nullopt, time_zone_});
      if (time.ok()) return Amount{*time, true};
      return lexer_.Error(next_.at, Message(time.status()).substr(std::string_view("--where: ").size()));
    }
    const std::optional<Amount> amount =
        next_.kind == Token::kWord ? ParseAmount(field, next_.text) : std::optional<Amount>(std::nullopt);
    if (amount.has_value()) return *amount;
    return Error(fmt::format("{} takes {}", FieldName(field), ExampleOf(field)));
  }

  Status TakeValue(Field field, bool in, Values& values) {
    if (IsText(field)) return TakeText(field, in, values);
    const std::optional<Interval> status_class = IsStatus(field) && next_.kind == Token::kWord
                                                     ? ParseStatusClass(next_.text)
                                                     : std::optional<Interval>(std::nullopt);
    if (status_class.has_value()) {
      values.numbers.push_back(*status_class);
      return OkStatus();
    }
    const StatusOr<Amount> amount = TakeAmount(field);
    if (!amount.ok()) return amount.status();
    if (amount->exact) values.numbers.push_back({amount->floor, amount->floor});
    return OkStatus();
  }

  // Without quotes an address or a block; with quotes a text, but behind `in` a block, too.
  Status TakeText(Field field, bool in, Values& values) {
    const bool quoted = next_.kind == Token::kString;
    if (HasAddresses(field) &&
        (next_.kind == Token::kWord || (in && quoted && next_.text.find('/') != next_.text.npos))) {
      if (const std::optional<Cidr> block = ParseCidr(next_.text)) {
        values.blocks.Insert(*block);
        return OkStatus();
      }
      if (!quoted) {
        return Error(fmt::format("'{}' is no address and no block as 10.0.0.0/8; a text stands in quotes", next_.text));
      }
    }
    if (!quoted) return Error(fmt::format("{} takes {}", FieldName(field), ExampleOf(field)));
    std::string text;
    size_t bad_at = 0;
    if (!UnescapeString(next_.text, &text, &bad_at)) {
      return lexer_.Error(next_.at + 1 + bad_at, R"(this is no escape; \\ \" \' \n \r \t and \xNN are)");
    }
    values.texts.push_back(std::move(text));
    return OkStatus();
  }

  StatusOr<Expression> FinishValues(Field field, bool negated, Values values) {
    std::unique_ptr<Predicate> predicate;
    if (IsText(field)) {
      predicate = std::make_unique<TextPredicate>(field, std::move(values.texts), std::move(values.blocks));
    } else {
      predicate = std::make_unique<NumberPredicate>(field, std::move(values.numbers));
    }
    if (negated) predicate->Negate();
    return Finish(std::move(predicate));
  }

  // Behind the last token of a test.
  StatusOr<Expression> Finish(std::unique_ptr<Predicate> predicate) {
    if (Status status = Advance(); !status.ok()) return status;
    return Expression(std::move(predicate));
  }

  Lexer lexer_;
  const std::string& time_zone_;
  Token next_;
  int depth_ = 0;
};

}  // namespace

StatusOr<Expression> ParseWhere(std::string_view text, const std::string& time_zone) {
  if (text.size() > kMostBytes) return UsageError("--where: the expression is longer than 64 KiB");
  StatusOr<Expression> expression = WhereParser(text, time_zone).Parse();
  if (expression.ok()) expression->Optimize();
  return expression;
}

}  // namespace logstat
