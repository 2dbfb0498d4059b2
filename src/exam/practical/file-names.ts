/** Names of files in a practical task's working folder: which are legal on every system, which are nobody's answer, and which say that a file is open. */

/** Characters of a name, its ending included: a path with it stays below Windows' 260. */
export const longestName = 100;

/** Windows keeps these for devices, with any ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]/u;

/** What Windows runs when it is opened. Scripts that a programming task may be about (`.js`, `.py`, `.sh`) are not among them. */
const executable =
  /\.(exe|com|bat|cmd|scr|pif|msi|msp|msc|cpl|hta|jar|lnk|reg|scf|inf|url|dll|ps1|vbs|vbe|jse|wsf|wsh|desktop|app|application)$/i;

/** What editors put beside a file while they work: lock marks, half-written files, earlier states. */
const temporary =
  /^(\.|~)|~$|#$|\.(tmp|temp|bak|swp|swo|part|partial|crdownload|lock|lck|dwl2?|sv\$|autosave)$|^(thumbs\.db|desktop\.ini)$/i;

/** One file on some systems, two on others. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function isLegalName(name: string): boolean {
  return (
    name.isWellFormed() &&
    name.length > 0 &&
    name.length <= longestName &&
    !unsafe.test(name) &&
    !reserved.test(name) &&
    !/^\s|[\s.]$/u.test(name)
  );
}

export function isExecutable(name: string): boolean {
  return executable.test(name);
}

export function isTemporary(name: string): boolean {
  return temporary.test(name);
}

/**
 * A name, or a pattern with `*` (any characters) and `?` (one), that an author may expect back. It has an ending without wildcards, so that the
 * nameless files of editors that save by renaming never fit.
 */
export function isUsablePattern(pattern: string): boolean {
  const name = pattern.replaceAll('*', 'x').replaceAll('?', 'x');
  return (
    isLegalName(name) &&
    /\.[^.*?]+$/u.test(pattern) &&
    !/\*.*\*.*\*/u.test(pattern) &&
    !isExecutable(pattern) &&
    !isTemporary(pattern)
  );
}

/** Whether a name fits; the case of letters and the composition of accents do not matter. @param pattern one that is usable. */
export function fitsPattern(name: string, pattern: string): boolean {
  const expression = foldedName(pattern)
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'su').test(foldedName(name));
}

/** Whether a program says by a mark beside it that it has the file open: Microsoft Office, LibreOffice, AutoCAD, Vim. @param beside names in the folder. */
export function isMarkedOpen(name: string, beside: readonly string[]): boolean {
  const stem = name.replace(/\.[^.]*$/u, '');
  const marks = new Set(
    [
      `~$${name}`,
      // Word puts its mark over the first letters of longer names.
      `~$${name.slice(1)}`,
      `~$${name.slice(2)}`,
      `.~lock.${name}#`,
      `${stem}.dwl`,
      `.${name}.swp`,
    ].map(foldedName),
  );
  return beside.some((one) => marks.has(foldedName(one)));
}
