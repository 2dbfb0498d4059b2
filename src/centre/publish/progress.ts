/** How far a publication is, how fast it goes, and how long it will still take. */
import type { PublicationWork } from './contract.ts';

type Phase = PublicationWork['phase'];

export class Progress {
  #phase: Phase = 'papers';
  #done = 0;
  #of = 0;
  #begun = 0;
  #last: { papers: PublicationWork['papers']; packages: PublicationWork['packages'] } = {
    papers: { done: 0, of: 0 },
    packages: { done: 0, of: 0, unchanged: 0 },
  };
  readonly #monotonic: () => number;
  readonly #onChange: () => void;

  constructor(monotonic: () => number, onChange: () => void) {
    this.#monotonic = monotonic;
    this.#onChange = onChange;
  }

  /** @param of bytes of the papers that are to be sealed, or packages. */
  begin(phase: Phase, of: number): void {
    this.#phase = phase;
    this.#of = of;
    this.#done = 0;
    this.#begun = this.#monotonic();
    this.#onChange();
  }

  /** What is done of the phase. */
  add(done: number): void {
    this.#done += done;
    this.#onChange();
  }

  papers(papers: PublicationWork['papers']): void {
    this.#last = { ...this.#last, papers };
    this.#onChange();
  }

  packages(packages: PublicationWork['packages']): void {
    this.#last = { ...this.#last, packages };
    this.#onChange();
  }

  view(): Pick<PublicationWork, 'phase' | 'papers' | 'packages' | 'perSecond' | 'secondsLeft'> {
    const passedS = (this.#monotonic() - this.#begun) / 1_000;
    const perSecond = this.#done > 0 && passedS > 0 ? this.#done / passedS : null;
    return {
      phase: this.#phase,
      ...this.#last,
      perSecond,
      secondsLeft: perSecond === null ? null : Math.ceil((this.#of - this.#done) / perSecond),
    };
  }
}
