/** The plan of a room's seats, as a list that was written before the machines are there: which number has which computer. */
import { ok, refuse, type Result } from '../../base/result.ts';

export interface PlannedSeat {
  readonly number: number;
  /** IP address; '': not planned. */
  readonly address: string;
  /** Computer name; '': not planned. */
  readonly computer: string;
  readonly note: string;
}

type Field = keyof PlannedSeat;

const headings: Readonly<Record<Field, RegExp>> = {
  number: /^(number|no\.?|seat|seat number|机位号|序号|号|номер|№|место|номер места)$/i,
  address: /^(address|ip|ip address|ip地址|地址|адрес|ip-адрес)$/i,
  computer: /^(computer|name|computer name|计算机名|机器名|компьютер|имя компьютера)$/i,
  note: /^(note|remark|备注|примечание)$/i,
};
export const seatPlanLimit = 2_000;
const mostLinesNamed = 20;

/**
 * Reads a table with a heading line (English, Chinese or Russian); all rows or none.
 * @returns refusals `seat-plan-columns`, `seat-plan-too-long`, and `seat-plan-wrong` with the lines: a number from 1 to 9999 that no other row
 * has, and a computer or an address that no other row has, make a row.
 */
export function readSeatPlan(rows: readonly (readonly string[])[]): Result<PlannedSeat[]> {
  const [head = [], ...body] = rows;
  const columns = new Map<Field, number>();
  for (const [field, pattern] of Object.entries(headings) as [Field, RegExp][]) {
    const at = head.findIndex((cell) => pattern.test(cell.trim()));
    if (at !== -1) columns.set(field, at);
  }
  if (!columns.has('number') || (!columns.has('computer') && !columns.has('address')))
    return refuse({ type: 'seat-plan-columns', found: head.map((cell) => cell.trim()).filter(Boolean) });
  const plan: PlannedSeat[] = [];
  const wrong: number[] = [];
  const taken = new Set<string>();
  for (const [i, row] of body.entries()) {
    if (row.every((cell) => cell.trim() === '')) continue;
    const cell = (field: Field): string => (row[columns.get(field) ?? -1] ?? '').trim().slice(0, 200);
    const seat = {
      number: /^\d{1,4}$/.test(cell('number')) ? Number(cell('number')) : 0,
      address: cell('address'),
      computer: cell('computer'),
      note: cell('note'),
    };
    const names = namesOf(seat);
    if (seat.number < 1 || names.length === 1 || names.some((name) => taken.has(name))) wrong.push(i + 2);
    for (const name of names) taken.add(name);
    plan.push(seat);
  }
  if (wrong.length > 0)
    return refuse({ type: 'seat-plan-wrong', count: wrong.length, lines: wrong.slice(0, mostLinesNamed) });
  return plan.length > seatPlanLimit
    ? refuse({ type: 'seat-plan-too-long', limit: seatPlanLimit })
    : ok(plan);
}

/** What no two seats share: the number, the address, the computer. */
function namesOf({ number, address, computer }: PlannedSeat): string[] {
  return [
    `number ${number}`,
    ...(address === '' ? [] : [`address ${hostOf(address)}`]),
    ...(computer === '' ? [] : [`computer ${computer.toLowerCase()}`]),
  ];
}

function hostOf(address: string): string {
  return address.replace(/^::ffff:/, '').replace(/:\d+$/, '');
}

/** The planned seat of a machine: by its name, then by its address. */
export function plannedFor(
  plan: readonly PlannedSeat[],
  machine: { readonly computer: string; readonly address: string },
): PlannedSeat | null {
  const name = machine.computer.toLowerCase();
  return (
    plan.find(({ computer }) => computer !== '' && computer.toLowerCase() === name) ??
    plan.find(
      ({ computer, address }) =>
        computer === '' && address !== '' && hostOf(address) === hostOf(machine.address),
    ) ??
    null
  );
}

/** Rows of so many seats, every second one from the other end: as somebody walks through the room. */
export function serpentine<T>(seats: readonly T[], perRow: number): T[] {
  const order: T[] = [];
  for (let i = 0; i * perRow < seats.length; i++) {
    const row = seats.slice(i * perRow, (i + 1) * perRow);
    order.push(...(i % 2 === 0 ? row : row.toReversed()));
  }
  return order;
}
