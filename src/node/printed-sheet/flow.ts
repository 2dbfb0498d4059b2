/** Blocks one after the other, with a new page where the next one would not fit. */
import { space, type Block, type TableBlocks } from './blocks.ts';
import { contentBottom, margin, type Section, type SheetDocument, type SheetPage } from './sheet-document.ts';

export class Flow {
  readonly #document: SheetDocument;
  readonly #section: Section;
  readonly #heading: Block;
  #page: SheetPage | null = null;
  #y = margin;

  /** @param heading stands on top of every page of the section */
  constructor(document: SheetDocument, section: Section, heading: Block = space(0)) {
    this.#document = document;
    this.#section = section;
    this.#heading = heading;
  }

  /** What can stand on one page below the heading. */
  get capacity(): number {
    return contentBottom - margin - this.#heading.height;
  }

  /** On the page that was begun. */
  fits(height: number): boolean {
    return this.#page !== null && this.#y + height <= contentBottom;
  }

  add(block: Block): void {
    // What does not fit on an empty page fits nowhere.
    if (!this.fits(block.height) && !this.#fresh) this.breakPage();
    block.draw(this.#page as SheetPage, margin, this.#y);
    this.#y += block.height;
  }

  /**
   * Its head again on every page; never a head alone.
   * @param continued these rows go on a table that stands above them
   */
  table({ head, rows }: TableBlocks, continued = false): void {
    const [first] = rows;
    if (first === undefined) return;
    if (!continued) {
      if (!this.fits(head.height + first.height) && !this.#fresh) this.breakPage();
      this.add(head);
      this.add(first);
    }
    for (const row of continued ? rows : rows.slice(1)) {
      if (!this.fits(row.height)) {
        this.breakPage();
        this.add(head);
      }
      this.add(row);
    }
  }

  breakPage(): void {
    this.#page = this.#document.newPage(this.#section);
    this.#heading.draw(this.#page, margin, margin);
    this.#y = margin + this.#heading.height;
  }

  /** Nothing but the heading stands on the page. */
  get #fresh(): boolean {
    return this.#page !== null && this.#y === margin + this.#heading.height;
  }
}
