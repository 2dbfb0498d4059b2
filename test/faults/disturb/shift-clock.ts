/** Loaded before a role (`--import`): its wall clock is off by the milliseconds that stand in the file `FAULT_CLOCK_FILE`. The steady clock goes on. */
import { existsSync, readFileSync } from 'node:fs';

const file = process.env['FAULT_CLOCK_FILE'] ?? '';
const RealDate = Date;
let shiftMs = 0;

function look(): void {
  shiftMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}
look();
setInterval(look, 20).unref();

class ShiftedDate extends RealDate {
  constructor(...given: ConstructorParameters<DateConstructor> | []) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(...given);
  }
  static override now(): number {
    return RealDate.now() + shiftMs;
  }
}
globalThis.Date = ShiftedDate as DateConstructor;
