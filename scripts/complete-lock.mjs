// Some registries mirror only some platforms. npm then leaves the binaries of the other platforms out of the lock file,
// and `npm ci` refuses it, everywhere. This writes an entry for each that is named and not there, so that npm knows
// what to pass over. Run it after any change of dependencies; a test says when it was forgotten.
import { readFileSync, writeFileSync } from 'node:fs'

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']
const LIBRARIES = { musl: 'musl', musleabihf: 'musl', gnu: 'glibc', gnueabihf: 'glibc' }

const lockFile = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(lockFile, 'utf8'))

const platformOf = (name) => {
  const words = name.split(/[/-]/)
  const os = SYSTEMS.find((system) => words.includes(system))
  const cpu = PROCESSORS.find((processor) => words.includes(processor))
  const libc = os === 'linux' ? LIBRARIES[words.at(-1)] : undefined
  if (cpu === undefined) throw new Error(`${name}: for which platform?`)
  return { cpu: [cpu], ...(libc ? { libc: [libc] } : {}), optional: true, ...(os ? { os: [os] } : {}) }
}

// Where npm looks for what a package asks for: inside it, then in every folder above.
const places = (parent, name) => {
  const found = [`${parent}/node_modules/${name}`]
  for (let path = parent; path.includes('/node_modules/'); ) {
    path = path.slice(0, path.lastIndexOf('/node_modules/'))
    found.push(`${path}/node_modules/${name}`)
  }
  return [...found, `node_modules/${name}`]
}

for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (places(parent, name).some((place) => lock.packages[place])) continue
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev ? { dev } : {}) }
    console.log(`${name} ${version}`)
  }
}

const [root, ...others] = Object.entries(lock.packages)
const inOrder = others.sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = Object.fromEntries([root, ...inOrder])
writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`)
