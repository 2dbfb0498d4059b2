/** 下发考生端: the seat as a folder. */
export const seatFolder = {
  'seatFolder.make': '生成考生端文件夹…',
  'seatFolder.title': '考生端文件夹',
  'seatFolder.text':
    '生成文件夹 invigil-seat，内含考生端程序、本考场地址和配对码。请通过电子教室等方式下发到每台考试机；在考试机上启动后，各机会在此请求接入。',
  'seatFolder.address': '本考场地址',
  'seatFolder.addressHint': '考试机能够访问的地址。',
  'seatFolder.folder': '生成位置',
  'seatFolder.systems': '本机备有程序的系统：{systems}',
  'seatFolder.submit': '生成文件夹',
  'seatFolder.madeAt': '已生成',
  'seatFolder.size': '大小',
  'seatFolder.bytes': '{bytes:bytes}',
  'seatFolder.for': '适用系统',
  'seatFolder.next':
    '下一步：把文件夹下发到每台考试机，并在那里运行 start.cmd（Windows）或 start.sh（Linux）；运行 install.cmd 或 install.sh 可设为自动启动。文件夹内的 README 有同样的说明。',
  'seatFolder.done': '关闭',
  'refusal.no-runtime-here':
    '本机没有以下系统的程序：{systems}。|请在该系统的计算机上生成，或请技术支持运行：npm install --no-save --force {packages}',
  'refusal.not-built': '本机的程序尚未构建。|请技术支持在程序文件夹中运行“npm run build”。',
  'refusal.folder-not-empty': '{path} 不是空文件夹。|请选择其他文件夹，未作任何更改。',
  'refusal.not-a-seat-folder-place': '无法写入 {path}（{problem}）。|请选择其他文件夹。',
  'refusal.folder-not-absolute': '文件夹不是完整路径。|请从盘符或根目录写起，例如 D:\\exam 或 /home/exam。',
  'refusal.not-an-own-address': '本机已没有这个地址。|请从列表中选择。',
} as const;
