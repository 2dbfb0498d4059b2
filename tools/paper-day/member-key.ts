/** Makes a member's token as a key file: FILE PIN. A process of its own, so that it hashes as the stations do that will open it. */
import { expectOk } from '../../src/base/result.ts';
import { createKeyFile } from '../../src/hardware/token/key-file.ts';

const [file = '', pin = ''] = process.argv.slice(2);
expectOk(await createKeyFile(file, pin));
