package division

// StreetKind is what the street part of a code says the place is (GB/T 10114).
type StreetKind uint8

// The kinds of streets.
const (
	NoStreet     StreetKind = iota // the code ends further out
	Subdistrict                    // 001-099, 街道
	Town                           // 100-199, 镇; the bureau puts villages directly under a county in 198
	Township                       // 200-399, 乡
	TownshipLike                   // 400-599, 类似乡级单位 (政企合一): farms, parks, regiments
)

// StreetKind is the kind of the subdistrict, town or township in which c lies.
func (c Code) StreetKind() StreetKind {
	switch n := c.Part(Street); {
	case n == 0 || n > streetTop:
		return NoStreet
	case n < 100:
		return Subdistrict
	case n < 200:
		return Town
	case n < 400:
		return Township
	default:
		return TownshipLike
	}
}

// Text is the kind's name: "zh" is Chinese, anything else English.
func (k StreetKind) Text(lang string) string {
	if k > TownshipLike {
		k = NoStreet
	}
	return texts.Text(lang, streetTexts[k])
}

// String is the kind's English name.
func (k StreetKind) String() string { return k.Text("en") }

// CommunityKind is what the community part of a code says the place is, by the
// statistical bureau's rule.
type CommunityKind uint8

// The kinds of communities.
const (
	NoCommunity      CommunityKind = iota // the code ends further out
	Residents                             // 001-199, 居民委员会
	Villagers                             // 200-399, 村民委员会
	ResidentsLike                         // 400-499 but 498, 类似居民委员会
	VirtualCommunity                      // 498, 虚拟社区: a park or campus without communities
	VillagersLike                         // 500-599 but 598, 类似村民委员会
	VirtualVillage                        // 598, 虚拟生活区: a farm without villages
	LocalCommunity                        // 600-999: outside the rule; CJ/T 349 numbers merged communities from 601
)

// CommunityKind is the kind of the community or village in which c lies.
func (c Code) CommunityKind() CommunityKind {
	switch n := c.Part(Community); {
	case n == 0:
		return NoCommunity
	case n < 200:
		return Residents
	case n < 400:
		return Villagers
	case n == 498:
		return VirtualCommunity
	case n < 500:
		return ResidentsLike
	case n == 598:
		return VirtualVillage
	case n < 600:
		return VillagersLike
	default:
		return LocalCommunity
	}
}

// Text is the kind's name: "zh" is Chinese, anything else English.
func (k CommunityKind) Text(lang string) string {
	if k > LocalCommunity {
		k = NoCommunity
	}
	return texts.Text(lang, communityTexts[k])
}

// String is the kind's English name.
func (k CommunityKind) String() string { return k.Text("en") }
