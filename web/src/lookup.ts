// SPDX-License-Identifier: GPL-2.0-or-later
/** What a choice needs that has not come with the page: the texts of the search, or one record. */

import type { Catalogue } from "./data";
import type { Index } from "./select";
import type { Choice } from "./state";

export class Lookup {
  /** Identifiers that were looked for, found or not. */
  private readonly sought = new Set<string>();

  constructor(private readonly book: Catalogue, private readonly index: Index) {}

  /** Fetch what a choice lacks; null if it lacks nothing. */
  of({ site, query }: Choice): Promise<void> | null {
    const unknown = site !== null && !this.sought.has(site) && this.book.records.find(site) < 0;
    return unknown ? this.seek(site) : query !== "" && !this.index.searchable ? this.readySearch() : null;
  }

  /** Fetch the texts and make the index of the search, unless that was done. */
  async readySearch(): Promise<void> {
    if (!this.book.texts) {
      const nothing = { names: [], places: [], other: {} };
      this.book.know(await this.book.records.texts().catch(() => nothing));
    }
    await this.index.prepareSearch();
  }

  private async seek(id: string): Promise<void> {
    await this.book.records.seek(id).catch(() => -1);
    this.sought.add(id);
  }
}
