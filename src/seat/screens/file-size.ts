/** As file managers write it: rounded up, so that a file that is there never has 0 KB. */
export function fileSize(bytes: number): string {
  return bytes < 1024 ** 2
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${(bytes / 1024 ** 2).toFixed(1).replace(/\.0$/, '')} MB`;
}
