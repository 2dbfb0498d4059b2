/** What is wrong with a scan, a page of it, or the archive in which it came. */
export const refusalScan = {
  'refusal.image-empty': 'The file is empty.|Scan the page again.',
  'refusal.image-other-format':
    'The file is {format}, whatever its name says.|Scan page by page to JPG, or to TIFF with LZW compression, at 200 dpi.',
  'refusal.image-unknown-format':
    'The file is no picture that is known here.|Scan page by page to JPG, or to TIFF with LZW compression, at 200 dpi.',
  'refusal.image-cut-short':
    'The file was cut short: a part of the page is missing.|Copy it again, or scan the page again.',
  'refusal.image-damaged': 'The file is damaged and cannot be shown.|Scan the page again.',
  'refusal.image-several-pages':
    'There are several pages in one file.|Scan page by page: one file for each page.',
  'refusal.image-compression':
    'The TIFF is compressed as “{found}”.|Choose LZW in the settings of the scanner, or JPG.',
  'refusal.image-colours': 'The colours are of another kind ({found}).|Scan in grey, or in colour (RGB).',
  'refusal.image-depth': 'The picture has {bits} bits per channel.|Scan with 8 bits.',
  'refusal.image-too-large': 'The picture has {megapixels} megapixels.|Scan an A4 page at 200 dpi.',
  'refusal.image-resolution':
    'The picture has {found} dpi; {least} to {most} are needed.|Set the scanner to 200 dpi and scan the page again.',
  'refusal.image-uniform':
    'The page is of one colour all over.|Look whether the sheet lay in the feeder the right way, and scan it again.',
  'refusal.page-without-code':
    'No code was found on the page.|Type its number, or turn it round or flatten it and scan it again.',
  'refusal.page-without-sheet-code':
    'The codes on the page are not those of a form.|Look what page it is; type its number if it is a form.',
  'refusal.codes-contradict':
    'The codes on the page contradict each other: {found}.|Look whether two sheets lie over each other; type the right number.',
  'refusal.worker-died': 'The program failed on this page; the others were not touched.|Scan the page again.',
  'refusal.page-took-too-long':
    'The page took longer than {seconds} seconds and was given up.|Scan the page again.',
  'refusal.archive-empty': 'The archive is empty.|Copy it again, or make it again.',
  'refusal.archive-not-named-zip':
    'The file is no ZIP ({ending}).|Pack the folder with the scans as a ZIP; 7z, RAR and PDF are not read.',
  'refusal.archive-other-format':
    'The file is {format} and no ZIP, whatever its name says.|Pack the folder as ZIP.',
  'refusal.archive-multi-part':
    'The archive consists of several parts.|Pack the pages into several archives, each whole by itself and at most 250 MB.',
  'refusal.archive-too-large':
    'The archive is larger than {limitMB} MB.|Divide the pages among several archives.',
  'refusal.archive-damaged': 'The archive is damaged or was cut short.|Copy it again, or make it again.',
  'refusal.archive-too-many-files':
    'There are more than {limit} files in the archive.|Divide the pages among several archives.',
  'refusal.archive-bomb':
    'Unpacked, the archive would be larger than scans can be (limit {limitMB} MB).|Look what is in it; pack the scans again.',
  'refusal.archive-password-missing': 'The archive is protected by a password.|Type the password.',
  'refusal.archive-password-wrong':
    'The password is not right.|Type it again; capital letters and the keyboard’s language matter.',
  'refusal.archive-without-files': 'There is no page in the archive.|Pack the folder with the scans.',
  'refusal.archive-in-archive':
    'There is an archive within the archive.|Pack the scans themselves, not archives of them.',
  'refusal.archive-in-folder':
    'There is an archive in a folder of the archive.|Pack the scans themselves, not archives of them.',
  'refusal.archive-file-outside':
    'The name of the file leads out of the archive.|Pack the folder again with ordinary names.',
  'refusal.archive-file-link': 'The file is only a link to another.|Pack the scan itself.',
  'refusal.archive-file-twice':
    'A file of this name is already in the archive.|Look which one is right; give the other its own name.',
  'refusal.archive-file-too-large':
    'Unpacked, the file is larger than {limitMB} MB.|Scan an A4 page at 200 dpi.',
  'refusal.archive-file-damaged':
    'The file in the archive is damaged.|Make the archive again, or scan the page again.',
  'refusal.archive-several-folders':
    'There are several folders in the archive: {folders}.|One folder for each room; look whether they belong together.',
  'refusal.archive-names-unsure':
    'Some names in the archive could not be read with certainty.|The pages are not touched by it.',
} as const;
