/** 下发考生端: the seat as a folder. */
export const seatFolder = {
  'seatFolder.make': 'Папка для мест…',
  'seatFolder.title': 'Место в виде папки',
  'seatFolder.text':
    'Создаёт папку invigil-seat с программой, адресом этой аудитории и её кодом подключения. Скопируйте её на каждый компьютер участника, например программой управления классом; запущенный там компьютер сам попросит здесь подключения.',
  'seatFolder.address': 'Адрес этой аудитории',
  'seatFolder.addressHint': 'Тот, который доступен компьютерам участников.',
  'seatFolder.folder': 'Где создать папку',
  'seatFolder.systems': 'Для систем, программа которых есть на этом компьютере: {systems}',
  'seatFolder.submit': 'Создать папку',
  'seatFolder.madeAt': 'Создано',
  'seatFolder.size': 'Размер',
  'seatFolder.bytes': '{bytes:bytes}',
  'seatFolder.for': 'Для систем',
  'seatFolder.next':
    'Дальше: скопируйте папку на каждый компьютер участника и запустите там start.cmd (Windows) или start.sh (Linux); install.cmd или install.sh включает автоматический запуск. То же сказано в файлах README внутри.',
  'seatFolder.done': 'Закрыть',
  'refusal.no-runtime-here':
    'На этом компьютере нет программы для: {systems}.|Создайте папку на компьютере с этой системой или попросите поддержку выполнить: npm install --no-save --force {packages}',
  'refusal.not-built':
    'Программа на этом компьютере не собрана.|Попросите поддержку выполнить «npm run build» в её папке.',
  'refusal.folder-not-empty': 'Папка {path} не пуста.|Выберите другую папку. Ничего не изменено.',
  'refusal.not-a-seat-folder-place': 'Не удаётся записать {path} ({problem}).|Выберите другую папку.',
  'refusal.folder-not-absolute':
    'Указан не полный путь к папке.|Укажите его от диска или корня, например D:\\exam или /home/exam.',
  'refusal.not-an-own-address': 'У этого компьютера больше нет такого адреса.|Выберите из списка.',
} as const;
