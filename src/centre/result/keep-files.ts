/** The files of a room's result: each answer's file inside and whole, or named by the room as missing; kept by digest. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../base/result.ts';
import { filePartName, filesIn } from '../../exam/answer/answer-files.ts';
import type { RoomRecord } from '../../exam/package/room-result.ts';
import type { Opened } from '../../parcel/parcel.ts';
import type { BlobStore } from '../../store/blobs.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import type { SittingAnswers } from './keep-answers.ts';

export async function checkFiles(
  record: RoomRecord,
  sittings: readonly SittingAnswers[],
  opened: Opened,
): Promise<Result<void>> {
  for (const { digest, size } of record.files) {
    const name = filePartName(digest);
    const part = opened.parts.get(name);
    if (!part || part.sealed) return refuse({ type: 'result-file-missing', digest });
    if ((await stat(part.file)).size !== size || (await fileSha256Hex(part.file)) !== digest)
      return refuse({ type: 'altered', part: name });
  }
  const inside = new Set(record.files.map(({ digest }) => digest));
  for (const { sitting, answers } of sittings) {
    // What was collected is complete, or it was not collected.
    if (sitting.collected && sitting.missingFiles.length > 0)
      return refuse({ type: 'result-file-missing', digest: sitting.missingFiles[0] ?? '' });
    const missing = new Set(sitting.missingFiles);
    for (const { responses } of answers)
      for (const { file } of filesIn(responses))
        if (inside.has(file.digest) === missing.has(file.digest))
          return refuse({
            type: 'result-file-missing',
            digest: file.digest,
            admissionNumber: sitting.admissionNumber,
            name: file.name,
          });
  }
  return ok();
}

/** Before the rows that name them: whatever is interrupted, no row names a file that is not there. */
export async function keepFiles(blobs: BlobStore, record: RoomRecord, opened: Opened): Promise<void> {
  for (const { digest } of record.files) {
    const part = opened.parts.get(filePartName(digest));
    if (!part) throw new Error('unchecked result');
    await blobs.put(createReadStream(part.file, { highWaterMark: 1 << 20 }));
  }
}
