/** Recordings into packages that every stick can hold, in their order; what belongs together stays together. Browser-safe. */

/** FAT32, as sticks are sold with it, takes files below 4 GiB; a smaller one is sent again faster when a line breaks. */
const mostBytes = 1024 ** 3;
/** Parts of a parcel, well below what one may have. */
const mostFiles = 5_000;

export function dealToPackages<T>(
  all: readonly { readonly what: T; readonly bytes: number; readonly files: number }[],
): T[][] {
  const packages: T[][] = [];
  let [bytes, files] = [0, 0];
  for (const one of all) {
    const fits = bytes + one.bytes <= mostBytes && files + one.files <= mostFiles;
    if (fits && packages.length > 0) packages.at(-1)?.push(one.what);
    else {
      packages.push([one.what]);
      [bytes, files] = [0, 0];
    }
    bytes += one.bytes;
    files += one.files;
  }
  return packages;
}
