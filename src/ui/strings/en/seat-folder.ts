/** 下发考生端: the seat as a folder. */
export const seatFolder = {
  'seatFolder.make': 'Folder for the seats …',
  'seatFolder.title': 'The seat as a folder',
  'seatFolder.text':
    'Makes a folder invigil-seat with the program, this room’s address and its pairing code. Copy it to every candidate’s computer, for example with the classroom software; started there, each computer asks here to be admitted.',
  'seatFolder.address': 'Address of this room',
  'seatFolder.addressHint': 'The one that the candidates’ computers reach.',
  'seatFolder.folder': 'Where the folder is made',
  'seatFolder.systems': 'For the systems of which this computer holds the program: {systems}',
  'seatFolder.submit': 'Make the folder',
  'seatFolder.madeAt': 'Made',
  'seatFolder.size': 'Size',
  'seatFolder.bytes': '{bytes:bytes}',
  'seatFolder.for': 'For',
  'seatFolder.next':
    'Next: copy the folder to every candidate’s computer and start start.cmd (Windows) or start.sh (Linux) there; install.cmd or install.sh makes it start by itself. The files README in it say the same.',
  'seatFolder.done': 'Close',
  'refusal.no-runtime-here':
    'This computer does not hold the program for: {systems}.|Make the folder on a computer of that system, or have support run: npm install --no-save --force {packages}',
  'refusal.not-built':
    'The program of this computer is not built.|Have support run “npm run build” in its folder.',
  'refusal.folder-not-empty': '{path} is not empty.|Choose another folder. Nothing was changed.',
  'refusal.not-a-seat-folder-place': '{path} cannot be written ({problem}).|Choose another folder.',
  'refusal.folder-not-absolute':
    'The folder is not a whole path.|Write it from its drive or root on, for example D:\\exam or /home/exam.',
  'refusal.not-an-own-address': 'This computer has no such address any more.|Choose one of the list.',
} as const;
