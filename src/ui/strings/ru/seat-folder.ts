/** 下发考生端: the seat as a folder. */
export const seatFolder = {
  'seatFolder.make': 'Папка или установщик для мест…',
  'seatFolder.title': 'Программа места для многих компьютеров',
  'seatFolder.text':
    'Содержит программу, адрес этой аудитории и её код подключения: никому не передавайте. Затем каждый компьютер попросит подключения здесь.',
  'seatFolder.address': 'Адрес этой аудитории',
  'seatFolder.addressHint': 'Тот, который доступен компьютерам участников.',
  'seatFolder.folder': 'Где создать',
  'seatFolder.systems': 'Для систем, программа которых есть на этом компьютере: {systems}',
  'seatFolder.submit': 'Создать папку',
  'seatFolder.madeAt': 'Создано',
  'seatFolder.size': 'Размер',
  'seatFolder.bytes': '{bytes:bytes}',
  'seatFolder.for': 'Для систем',
  'seatFolder.next':
    'Дальше: скопируйте папку на каждый компьютер участника и запустите там start.cmd (Windows) или start.sh (Linux); install.cmd или install.sh включает автоматический запуск. То же сказано в файлах README внутри.',
  'seatFolder.what': 'Что создать',
  'seatFolder.asFolder': 'Папка invigil-seat для копирования на все компьютеры',
  'seatFolder.asInstaller': 'Установщик для {system}: один файл',
  'seatFolder.installerText':
    'Файл на 150–200 МБ: открытый на компьютере, он устанавливает и запускает место; открытый снова — обновляет. Создание занимает до минуты.',
  'seatFolder.away':
    'Для {system} здесь нет Node. В папке программы один раз, при наличии сети: npm install --no-save --force {package}. Или создайте в аудитории на {system}.',
  'seatFolder.submitInstaller': 'Создать установщик',
  'seatFolder.nextWindows':
    'Дальше: перенесите файл на каждый компьютер участника и откройте его там; Windows попросит администратора. Если Windows предупредит о неизвестном издателе: «Подробнее», «Выполнить в любом случае». Затем допустите компьютеры здесь.',
  'seatFolder.nextLinux':
    'Дальше: перенесите файл на каждый компьютер участника и запустите: sudo ./invigil-seat-setup.run (нужно право на запуск: chmod +x). Затем допустите компьютеры здесь.',
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
  'refusal.installer-not-made':
    'Не удалось создать установщик ({problem}).|Нужны около 1 ГБ свободной памяти и несколько секунд: закройте другие программы и повторите или создайте папку.',
} as const;
