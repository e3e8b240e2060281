@main
struct Counterfoil { static func main() {} }
