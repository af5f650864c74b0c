// SPDX-License-Identifier: GPL-2.0-or-later
/** What a choice needs that has not come with the page: the texts of the search, or one record. */

import type { Catalogue } from "./data";
import type { Index } from "./select";
import type { Choice } from "./state";

/** What a choice needs is there, is on its way, or did not come. */
export type Need = "there" | "coming" | "failed";

export class Lookup {
  need: Need = "there";
  /** Is it not known at all what answers the choice? A first query has all sites until its texts come. */
  unknown = false;
  /** Identifiers that no site bears. One that could not be looked for is not among them. */
  private readonly absent = new Set<string>();
  /** Counts the choices, so that what comes for an earlier one changes nothing. */
  private turn = 0;

  /** `came` hears once what the last choice needs has come, or could not. */
  constructor(private readonly book: Catalogue, private readonly index: Index, private readonly came: () => void) {}

  /** Fetch what a choice lacks. What failed before is asked for once more. */
  await(choice: Choice): void {
    const turn = this.turn += 1;
    const lacking = this.lacking(choice);
    this.need = lacking ? "coming" : "there";
    this.unknown = lacking !== null && (this.unknown || choice.site !== null);
    const settle = (need: Need): void => {
      if (turn !== this.turn) return;
      this.need = need;
      this.unknown = need === "failed";
      this.came();
    };
    void lacking?.then(() => settle("there"), () => settle("failed"));
  }

  /** Fetch the texts and make the index of the search, unless that was done. Fails if they do not come. */
  async readySearch(): Promise<void> {
    if (!this.book.texts) this.book.know(await this.book.records.texts());
    await this.index.prepareSearch();
  }

  private lacking({ site, query }: Choice): Promise<void> | null {
    if (site !== null && !this.isKnown(site)) return this.seek(site);
    return query !== "" && !this.index.searchable ? this.readySearch() : null;
  }

  /** Does the page know, without asking, what an identifier stands for? */
  private isKnown(id: string): boolean {
    const { records, gone, services } = this.book;
    return records.find(id) >= 0 || gone.has(id) || services.some((one) => one.id === id) || this.absent.has(id);
  }

  private async seek(id: string): Promise<void> {
    await this.book.records.seek(id);
    if (this.book.records.find(id) < 0) this.absent.add(id);
  }
}
