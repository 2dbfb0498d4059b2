/** `invigil seat folder`: the seat as a folder that is copied to every candidate's computer. */
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { endWith } from './say.ts';

interface Given {
  readonly room: string;
  readonly pairingCode: string;
  readonly roomPin?: string;
  readonly systems?: readonly ('linux' | 'windows')[];
}

/** @param seat the command that runs a seat; `folder` stands below it. */
export function registerSeatFolder(seat: Command): void {
  seat
    .command('folder')
    .description("make a folder to be copied to candidates' computers: each becomes a seat of one room")
    .argument('<folder>', 'a new or empty folder, or one that was made before')
    .requiredOption('--room <address>', 'the room to join, host:port')
    .requiredOption('--pairing-code <code>', 'the code that the room shows')
    .option(
      '--room-pin <digits>',
      "SHA-256 of the room's certificate; without it the room is asked, and must run",
    )
    .addOption(
      new Option('--systems <names...>', 'for which systems (those of this computer)').choices([
        'linux',
        'windows',
      ]),
    )
    .action(async (folder: string, given: Given) => {
      const { makeSeatFolder } = await import('../room/seat-folder/make-folder.ts');
      const { systemsHere } = await import('../node/runtimes.ts');
      const pin = await roomPin(given);
      const made = await makeSeatFolder(
        resolve(folder),
        { room: given.room, roomPin: pin, pairingCode: given.pairingCode },
        given.systems ?? systemsHere(),
      );
      if (!made.ok) endWith(made.refusal);
      const { path, bytes, systems } = made.value;
      console.log(
        `${path} (${Math.ceil(bytes / 1e6)} MB) for ${systems.join(' and ')}. README.en.txt in it says how it is used.`,
      );
    });
}

/** Asked before anything is copied to fifty computers: is this the address, and is this the code? */
async function roomPin({ room, pairingCode, roomPin: given }: Given): Promise<string> {
  if (given !== undefined) {
    if (/^[0-9a-f]{64}$/.test(given)) return given;
    endWith({ type: 'bad-option', option: 'room-pin', problem: '64 hexadecimal digits' });
  }
  const { meetParent } = await import('../courier/https/child.ts');
  const { createNodeKeys } = await import('../trust/keys.ts');
  const { newId } = await import('../base/ids.ts');
  const id = newId();
  const met = await meetParent({
    address: room,
    code: pairingCode,
    child: { role: 'seat', code: id, id },
    keys: await createNodeKeys(),
  });
  if (!met.ok) endWith(met.refusal);
  return met.value;
}
