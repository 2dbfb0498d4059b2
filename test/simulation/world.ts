/** Time, chance and the network of a simulated exam: everything follows from one seed. */

export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  below(limit: number): number;
  chance(probability: number): boolean;
}

/** mulberry32: small, quick, the same everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
  };
}

export interface Schedule {
  now(): number;
  after(delayMs: number, work: () => void): void;
  /** To be called when a promise was settled on which the product's code waits: what it does then takes no time. */
  wake(): void;
  /** Runs what is due, in order of time, until `untilMs`. */
  run(untilMs: number): Promise<void>;
}

export function createSchedule(): Schedule {
  let now = 0;
  let order = 0;
  let woken = false;
  const due: { at: number; order: number; work: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs, work) {
      const one = { at: now + delayMs, order: order++, work };
      let i = due.length;
      while (i > 0 && (due[i - 1] as typeof one).at > one.at) i--;
      due.splice(i, 0, one);
    },
    wake() {
      woken = true;
    },
    async run(untilMs) {
      for (let one = due[0]; one && one.at <= untilMs; one = due[0]) {
        due.shift();
        now = one.at;
        one.work();
        if (!woken) continue;
        woken = false;
        await new Promise((done) => setImmediate(done));
      }
      now = untilMs;
    },
  };
}

export interface Weather {
  readonly loss: number;
  readonly duplication: number;
  readonly delayMs: number;
}

export const fairWeather: Weather = { loss: 0, duplication: 0, delayMs: 5 };

/** Delivers, loses, doubles and reorders messages; a cut connection delivers none. */
export class Network {
  weather: Weather = fairWeather;
  readonly #cut = new Set<string>();
  readonly #schedule: Schedule;
  readonly #random: Random;

  constructor(schedule: Schedule, random: Random) {
    this.#schedule = schedule;
    this.#random = random;
  }

  cut(a: string, b: string): void {
    this.#cut.add(line(a, b));
  }

  mend(a: string, b: string): void {
    this.#cut.delete(line(a, b));
  }

  mendAll(): void {
    this.#cut.clear();
  }

  send(from: string, to: string, deliver: () => void): void {
    const { loss, duplication, delayMs } = this.weather;
    const copies = this.#random.chance(duplication) ? 2 : 1;
    for (let i = 0; i < copies; i++) {
      if (this.#random.chance(loss)) continue;
      this.#schedule.after(1 + this.#random.next() * delayMs, () => {
        if (!this.#cut.has(line(from, to))) deliver();
      });
    }
  }
}

function line(a: string, b: string): string {
  return [a, b].sort().join(' ');
}
