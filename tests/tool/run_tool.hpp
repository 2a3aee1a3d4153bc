// SPDX-License-Identifier: MIT
#pragma once

// Runs the built tool and keeps what it wrote.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace tool_test {

inline std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// A folder of the test's own, removed with it.
class folder {
 public:
  folder() {
    std::string name = (std::filesystem::temp_directory_path() / "sla_tool_XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, std::string_view text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

 private:
  std::string path_;
};

struct result {
  int status = -1;
  std::string out, err;
};

// Runs `sla ARGUMENTS` by the shell; `after` is what follows on the command line ("| head -1"), `before` what precedes.
inline result run(const std::string& arguments, const std::string& before = "",
                  const std::string& after = "") {
  const folder at;
  const std::string command = before + " '" SLA_TOOL "' " + arguments + " 2>'" + at.path("err") + "' " +
                              after + " >'" + at.path("out") + "'";
  const int raw = std::system(command.c_str());
  return {WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, slurp(at.path("out")), slurp(at.path("err"))};
}

inline const std::string policies = SLA_EXAMPLES_DIR "/policies/";
inline const std::string data = SLA_EXAMPLES_DIR "/data/";

struct inputs {
  std::string policy = policies + "shanghai.toml";
  std::string contracts = data + "contracts.csv";
  std::string incidents = data + "incidents.csv";
  std::string outages = data + "outages.csv";
  std::string month = "2026-10";
};
inline std::string statement(const inputs& i, const std::string& more = "") {
  return "statement --policy '" + i.policy + "' --contracts '" + i.contracts + "' --incidents '" +
         i.incidents + "' --outages '" + i.outages + "' --month '" + i.month + "' " + more;
}
inline const std::string verdicts =
    "verdicts --policy '" + policies + "itil.toml' --source '" + policies + "servicenow.toml' ";

// Lines that name a place: file:line:column: message.
inline std::size_t places(const std::string& text) {
  std::size_t n = 0;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (line.ends_with(']') && line.find(": ") != line.npos) ++n;
  return n;
}

}  // namespace tool_test
