/** How far a publication is: papers by their bytes, then packages. */
import type { Clock } from '../../base/clock.ts';
import { Progress } from '../work/progress.ts';
import type { PublicationWork } from './contract.ts';

type Shown = Pick<PublicationWork, 'phase' | 'papers' | 'packages'>;

export const notBegun: Shown = {
  phase: 'papers',
  papers: { done: 0, of: 0 },
  packages: { done: 0, of: 0, unchanged: 0 },
};

export class PublicationProgress {
  #shown = notBegun;
  readonly #progress: Progress;
  readonly #onChange: () => void;

  constructor(clock: Pick<Clock, 'monotonic'>, onChange: () => void) {
    this.#progress = new Progress(clock, onChange);
    this.#onChange = onChange;
  }

  /** @param of bytes of the papers that are to be sealed, or packages. */
  begin(phase: Shown['phase'], of: number): void {
    this.#progress.begin(of);
    this.show({ phase });
  }

  /** What is done of the phase. */
  add(done: number): void {
    this.#progress.add(done);
  }

  show(more: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...more };
    this.#onChange();
  }

  view(): Shown & Pick<PublicationWork, 'perSecond' | 'secondsLeft'> {
    const { perSecond, secondsLeft } = this.#progress.view();
    return { ...this.#shown, perSecond, secondsLeft };
  }
}
