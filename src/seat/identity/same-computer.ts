/** Is this the computer on which the seat's data were made? A seat's keys stand for one computer: a copied disk must not become a second seat of that name. */
import * as z from 'zod';

const fact = z.string().max(200);

export const computerSchema = z.object({
  /** Of the installed system; copied with its disk. Empty: not known. */
  system: fact,
  /** Of the computer itself: serial numbers of its board, addresses of its network cards. */
  hardware: z.array(fact).max(64),
});
export type Computer = z.infer<typeof computerSchema>;

/**
 * The hardware decides where both sides know it: one part in common is enough, because a network card may be changed. Else the system does; and what nobody
 * knows is no reason to begin anew.
 */
export function sameComputer(before: Computer, now: Computer): boolean {
  if (before.hardware.length > 0 && now.hardware.length > 0)
    return now.hardware.some((part) => before.hardware.includes(part));
  return before.system === '' || now.system === '' || before.system === now.system;
}
