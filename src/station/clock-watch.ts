/**
 * A station has nobody to ask for the time. When its clock jumps, because somebody set it or the computer slept, its journal says so: times before and
 * after are not to be compared. The order of entries is their number and no clock.
 */
import type { Station } from './station.ts';

const lookEveryMs = 5_000;
/** Clocks are corrected by seconds all the time. */
const jumpMs = 60_000;

/** Looks at once, against the newest entry of the journal, and by itself until the station ends. @returns looks now */
export function watchClock({ node, ended }: Pick<Station, 'node' | 'ended'>): () => Promise<void> {
  const { clock, journal } = node;
  const between = (): number => clock.now() - clock.monotonic();
  let newest = 0;
  journal.replay((entry) => {
    if (entry.place.origin === journal.self.origin) newest = entry.at;
  });
  // While the program was not running time went on, and nobody knows how far: only back is a jump.
  const back = clock.now() - newest;
  let offset = between() - Math.min(0, back);
  const once = async (): Promise<void> => {
    const byMs = Math.round(between() - offset);
    if (Math.abs(byMs) < jumpMs) return;
    // Said once, also when the disk refuses it: the status bar tells of the disk.
    offset = between();
    await journal.append([{ kind: 'station-clock-jumped', subject: `station:${node.id}`, data: { byMs } }]);
  };
  let last: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => (last = last.then(once));
  const alone = (): void => {
    look().catch((error: unknown) => {
      last = Promise.resolve();
      node.log.error({ err: error }, 'a jump of the clock was not entered');
    });
  };
  alone();
  const timer = setInterval(alone, lookEveryMs);
  timer.unref();
  ended.addEventListener('abort', () => clearInterval(timer), { once: true });
  return look;
}
