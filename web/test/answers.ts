// SPDX-License-Identifier: GPL-2.0-or-later
/** What the page's search answers to questions: the first three sites of each, as JSON. */

import { readFileSync } from "node:fs";
import { readCalendar } from "../src/clock";
import { catalogue, type Data } from "../src/data";
import { buildIndex } from "../src/select";
import { NOTHING, withQuery } from "../src/state";

const [, , directory = "", questions = ""] = process.argv;
const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const data = read(directory) as Data;
const index = buildIndex(catalogue(data), readCalendar(data.calendar));
const asked = read(questions) as readonly { query: string }[];
const answers = asked.map(({ query }) =>
  index.select(withQuery(NOTHING, query), new Date(0)).sites.slice(0, 3).map((n) => index.book.site(n).id));
process.stdout.write(JSON.stringify(answers));
